import { describe, expect, it } from '@jest/globals';
import type { Visited } from './browser.js';

interface Changed {
  readonly subject: string;
  readonly aspect: string;
  readonly because: readonly string[];
}

export const comparing = (visited: Visited): void =>
  describe('the comparison of two cuts', () => {
    const NOVEMBER =
      '/?view=compare&from.asOf=2025-11-10&from.knownAt=2025-11-10&to.asOf=2025-11-19&to.knownAt=2025-11-19';
    const diff = async (query: string): Promise<readonly Changed[]> => {
      return (await visited.ask<{ changes: readonly Changed[] }>(`/v1/diff?${query}`)).changes;
    };

    it('lists the differences between the cuts of a link, each with the reports behind it, as the API does', async () => {
      const page = await visited.open(NOVEMBER);
      await page
        .getByRole('heading', {
          level: 1,
          name: 'Changed between 10 and 19 November 2025, each as known that day',
        })
        .waitFor();
      await page.locator('.change').first().waitFor();
      const answered = await diff(NOVEMBER.replace('/?view=compare&', ''));
      // The page shows a change of the whole crossing once, and does not repeat it for each kind of traffic.
      const whole = answered.filter(({ aspect }) => !/^(next\/)?status\//.test(aspect));
      expect(await page.locator('.change').count()).toBe(whole.length);
      const row = page.locator('.change', { hasText: 'Bobrowniki is open again' });
      expect(await row.locator('td').nth(0).innerText()).toBe('closed');
      expect(await row.locator('td').nth(1).innerText()).toBe('open');
      await row.getByRole('button', { name: /Bobrowniki is open again/ }).click();
      await page.locator('.report h2', { hasText: 'Bobrowniki' }).waitFor();
    });

    it('says what became public where only the second time differs, and has the cuts in the address', async () => {
      const page = await visited.open(NOVEMBER);
      await page.getByRole('button', { name: 'Only what was learned between' }).click();
      await page
        .getByRole('heading', { level: 1, name: 'Learned between 10 and 19 November 2025 about 19 Nov 2025' })
        .waitFor();
      await page.waitForURL(
        /from\.asOf=2025-11-19&from\.knownAt=2025-11-10&to\.asOf=2025-11-19&to\.knownAt=2025-11-19/,
      );
      await page.locator('#to-knownAt').fill('');
      await page.getByRole('heading', { level: 1, name: /^Learned since 10 Nov 2025/ }).waitFor();
      await page.waitForURL((url) => !url.searchParams.has('to.knownAt'));
      const link = page.url();
      const other = await visited.open(link.slice(visited.server.url.length));
      await other.getByRole('heading', { level: 1, name: /^Learned since 10 Nov 2025/ }).waitFor();
    });

    it('leads from a report to its changes', async () => {
      const changes = await diff('from.asOf=2025-10-20&to.asOf=2025-11-05&view=crossings');
      const { because } = changes.find(
        ({ subject, aspect }) => subject === 'lt-by.salcininkai' && aspect === 'status',
      )!;
      const reports = await Promise.all(
        because.map((id) => visited.ask<{ id: string; sequence: number }>(`/v1/events/${id}`)),
      );
      const [first] = reports.sort((a, b) => a.sequence - b.sequence);
      const page = await visited.open(`/?event=${first!.id}`);
      await page.getByRole('button', { name: 'What it changed' }).click();
      await page.getByRole('heading', { level: 1, name: /^Recorded between @\d+ and @\d+/ }).waitFor();
      await page.locator('.tally', { hasText: /changed|added/ }).waitFor();
    });
  });
