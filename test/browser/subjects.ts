import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Visited } from './browser.js';

const CLOSURE = '01a17d00-0000-7000-8000-000000000001';

interface PlaneAnswer {
  readonly items: readonly { readonly id: string; readonly cells: readonly unknown[] }[];
}

export const subjectsOfAllViews = (visited: Visited): void =>
  describe('subjects of all views', () => {
    beforeAll(async () => {
      const source = { publisher: 'A reader', title: 'An invented closure', publishedAt: '2026-11-10' };
      const attribution = { claimant: 'lt.government', standing: 'act', reliability: 'B2' };
      const closure = { data: { crossing: 'lt-by.salcininkai', summary: 'It shuts.' }, source, attribution };
      await visited.post('/v1/developments', {
        id: CLOSURE,
        type: 'crossing.closed',
        occurred: '2026-11-10',
        reportedAt: '2026-11-10',
        ...closure,
      });
      await visited.post(`/v1/developments/${CLOSURE}/corrections`, {
        kind: 'amended',
        reason: 'The source now names the day after.',
        reportedAt: '2026-11-14',
        replacement: { occurred: '2026-11-12', ...closure },
      });
    });

    const VIEWS = [
      'transit',
      'sanctions',
      'detentions',
      'warnings',
      'conditions',
      'talks',
      'airspace',
      'claims',
    ];

    it('have planes with as many rectangles as the API has cells, and lead to a report', async () => {
      const page = await visited.open('/?view=plane');
      const [views, subjects] = [page.locator('.plane select').nth(0), page.locator('.plane select').nth(1)];
      for (const view of VIEWS) {
        const { items } = await visited.ask<PlaneAnswer>(`/v1/planes?view=${view}`);
        const { id, cells } = items[0]!;
        await views.selectOption(view);
        await subjects.selectOption(id);
        await page.waitForURL((url) => url.searchParams.get('subject') === `${view}/${id}`);
        await page
          .locator('.cell')
          .nth(cells.length - 1)
          .waitFor();
        expect([view, await page.locator('.cell').count()]).toEqual([view, cells.length]);
        await page.locator('.cell[tabindex="0"]').focus();
        await page.locator('.readout .link').click();
        await page.locator('.report h2').waitFor();
        await page.goBack();
      }
    });

    it('have a dashed line in the plane where a correction changed the known facts, and name the correction', async () => {
      const page = await visited.open(
        '/?view=plane&subject=crossings/lt-by.salcininkai&asOf=2026-11-11&knownAt=2026-11-15',
      );
      const seam = page.locator('.corrected path').first();
      await seam.waitFor({ state: 'attached' });
      expect(
        await page
          .locator('.corrected path')
          .last()
          .evaluate('(path) => getComputedStyle(path).strokeDasharray'),
      ).not.toBe('none');
      await page.locator('.readout', { hasText: 'corrected: The source now names the day after.' }).waitFor();
      await page.locator('.readout .link').click();
      await page.locator('.report', { hasText: 'It corrects' }).waitFor();
    });

    it('lead from the map to a transit route, an airport and a detention, by the keyboard', async () => {
      const page = await visited.open('/?asOf=2025-10-26T22:00:00Z&knownAt=2025-11-12');
      await page.locator('.airport.closed .crossed').waitFor();
      for (const [feature, heading] of [
        ['transit/kaliningrad.rail', 'Kaliningrad transit by rail through Lithuania'],
        ['airspace/lt.vilnius-airport', 'Vilnius Airport'],
      ] as const) {
        await page.locator(`[data-feature="${feature}"]`).focus();
        await page.locator(`[data-feature="${feature}"] .feature-name`).waitFor();
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 2, name: heading }).waitFor();
        await page.locator('.subject .effect').first().waitFor();
      }
      await page.goto(`${visited.server.url}/?asOf=2025-11-12`);
      const held = page.locator('[data-feature="detentions/by.lt-trucks-2025"]');
      await held.locator('g text', { hasText: 'trucks held' }).waitFor();
      await held.click();
      await page.locator('.headline', { hasText: 'held' }).waitFor();
    });

    it('have times by the clock of Vilnius or of the reader, and say which', async () => {
      const page = await visited.open(
        '/?subject=airspace/lt.vilnius-airport&asOf=2025-10-22&knownAt=2025-10-22',
        {
          timezoneId: 'America/New_York',
        },
      );
      await page.locator('.asOf', { hasText: '(Vilnius)' }).waitFor();
      await page.locator('.effect', { hasText: '22:23' }).first().waitFor();
      await page.getByLabel('Times of').selectOption('New York');
      await page.locator('.asOf', { hasText: '(New York)' }).waitFor();
      await page.locator('.effect', { hasText: '15:23' }).first().waitFor();
      await page.waitForURL(/zone=America\/New_York/);
    });

    it('have in the table and in the timeline the names that are used at the place of each crossing', async () => {
      const page = await visited.open('/');
      await page.locator('tr[data-id="lt-by.medininkai"] [lang="be"]', { hasText: 'Каменны Лог' }).waitFor();
      await page.goto(`${visited.server.url}/?view=timeline`);
      await page.locator('.row [lang="be"]', { hasText: 'Каменны Лог' }).first().waitFor();
    });
  });
