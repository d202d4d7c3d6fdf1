import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';
import { accessibilityFaults, describeInBrowser, Reader } from './browser.js';

const CLOSURE = '01a17d00-0000-7000-8000-000000000001';

describeInBrowser('subjects of all views, in a browser', () => {
  const data = temporaryFolder();
  let server: Spawned;
  let reader: Reader;

  beforeAll(async () => {
    server = await spawnServer(data, ['--corpus']);
    reader = await Reader.at(server.url);
    const source = { publisher: 'A reader', title: 'An invented closure', publishedAt: '2026-11-10' };
    const attribution = { claimant: 'lt.government', standing: 'act', reliability: 'B2' };
    const closure = { data: { crossing: 'lt-by.kena', summary: 'Kena shuts.' }, source, attribution };
    await post('/v1/developments', {
      id: CLOSURE,
      type: 'crossing.closed',
      occurred: '2026-11-10',
      reportedAt: '2026-11-10',
      ...closure,
    });
    await post(`/v1/developments/${CLOSURE}/corrections`, {
      kind: 'amended',
      reason: 'The source now names the day after.',
      reportedAt: '2026-11-14',
      replacement: { occurred: '2026-11-12', ...closure },
    });
  }, 180_000);

  afterAll(async () => {
    await reader.close();
    await server.stop();
    removeFolder(data);
  });

  async function post(path: string, body: object): Promise<void> {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.key!}` },
      body: JSON.stringify(body),
    });
    expect([response.status, await response.text()]).toEqual([201, expect.anything()]);
  }

  interface PlaneAnswer {
    readonly items: readonly { readonly id: string; readonly cells: readonly unknown[] }[];
  }

  it.each(['transit', 'sanctions', 'detentions', 'warnings', 'conditions', 'talks', 'airspace', 'claims'])(
    'draws the plane of a subject of %s with as many tiles as the API has cells, and leads to a report',
    async (view) => {
      const answer = (await (await fetch(`${server.url}/v1/planes?view=${view}`)).json()) as PlaneAnswer;
      const { id, cells } = answer.items[0]!;
      const page = await reader.open(`/?view=plane&subject=${view}/${id}`);
      await page.locator('.cell').first().waitFor();
      expect(await page.locator('.cell').count()).toBe(cells.length);
      await page.locator('.cell[tabindex="0"]').focus();
      await page.locator('.readout .link').click();
      await page.locator('.report h2').waitFor();
      expect(page.url()).toContain('event=');
      await reader.leave(page);
    },
  );

  it('dashes the seam at which a correction changed what was known, and names the correction', async () => {
    const page = await reader.open(
      '/?view=plane&subject=crossings/lt-by.kena&asOf=2026-11-11&knownAt=2026-11-15',
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
    await reader.leave(page);
  });

  it('leads from the map to a transit route, an airport and what is held, by the keyboard', async () => {
    const page = await reader.open('/?asOf=2025-10-26T22:00:00Z&knownAt=2025-11-12');
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
    await page.goto(`${server.url}/?asOf=2025-11-12`);
    const held = page.locator('[data-feature="detentions/by.lt-trucks-2025"]');
    await held.locator('g text', { hasText: 'trucks held' }).waitFor();
    await held.click();
    await page.locator('.headline', { hasText: 'held' }).waitFor();
    await reader.leave(page);
  });

  it('shows times on the clocks of Vilnius, or on the reader’s, and says which', async () => {
    const page = await reader.open(
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
    await reader.leave(page);
  });

  it('shows the names that crossings have where they stand, in the table and in the timeline', async () => {
    const page = await reader.open('/');
    await page.locator('tr[data-id="lt-by.medininkai"] [lang="be"]', { hasText: 'Каменны Лог' }).waitFor();
    await page.goto(`${server.url}/?view=timeline`);
    await page.locator('.row [lang="be"]', { hasText: 'Каменны Лог' }).first().waitFor();
    await reader.leave(page);
  });

  const views = [
    '/?view=plane&subject=sanctions/eu.belarus',
    '/?subject=transit/kaliningrad.rail&asOf=2025-11-12',
  ];
  const readers = views.flatMap((path) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 390].map((width) => ({ path, colorScheme, width })),
    ),
  );
  it.each(readers)(
    'has nothing that axe finds at $path in $colorScheme, $width wide',
    async ({ path, colorScheme, width }) => {
      const page = await reader.open(path, { colorScheme, viewport: { width, height: 844 } });
      await page.locator('.headline').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await reader.leave(page);
    },
  );

  it('loads less than 200 kB at first, compressed', () => {
    const files = [
      'dist/web/index.html',
      ...readdirSync('dist/web/assets').map((name) => join('dist/web/assets', name)),
    ];
    const bytes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200_000);
  });

  it('asked no other server for anything, and did nothing that its policy refuses', () => {
    expect(reader.faults).toEqual([]);
  });
});
