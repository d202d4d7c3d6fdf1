import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { spawnServer } from '../server/spawned.js';
import { corpusInBrowser } from './browser.js';
import { heapOf, stepOn } from './play.js';

/**
 * The longest time until a page works again, in milliseconds: the start of a server on a busy machine, and the longest pause of the page before it
 * tries again.
 */
const LONGEST_RETURN = 120_000;

const closure = (crossing: string, more: object = {}): object => ({
  type: 'crossing.closed',
  occurred: '2025-11-04',
  reportedAt: '2025-11-04',
  data: { crossing, ...more },
  source: { publisher: 'A reader', title: 'An invented closure', publishedAt: '2025-11-04' },
  attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
});

corpusInBrowser('the page in hard use', (visited) => {
  const record = (...developments: readonly object[]): Promise<unknown> =>
    visited.post('/v1/developments', { developments });
  const news = (page: Page, text: string): Promise<void> =>
    page.locator('.live', { hasText: text }).waitFor({ timeout: LONGEST_RETURN });

  it('gets each report once in seven tabs of one browser, also when the tab that listens for all of them is closed', async () => {
    const first = await visited.open('/');
    const others: Page[] = [];
    for (let tab = 2; tab <= 7; tab += 1) {
      const page = await first.context().newPage();
      await page.goto(`${visited.server.url}/?view=timeline`);
      await page.locator('main[aria-busy="false"]').waitFor();
      others.push(page);
    }
    await record(closure('lt-by.kena'));
    for (const page of [first, ...others]) await news(page, '1 new report');
    await first.close();
    await record(closure('lt-by.stasylos'));
    for (const page of others) await news(page, '2 new reports');
  });

  it('says that the server is unreachable, and misses nothing when the server is back', async () => {
    const page = await visited.open('/?asOf=2025-11-05');
    await page.locator('.live.live').waitFor();
    const { port } = new URL(visited.server.url);
    await visited.server.stop('SIGKILL');
    await page.locator('.live.offline').waitFor();
    await page.locator('tbody tr').first().waitFor();
    visited.server = await spawnServer(visited.data, ['--port', port]);
    await record(closure('lt-ru.kybartai'), closure('lt-by.kena'));
    await page.locator('.live.live').waitFor({ timeout: LONGEST_RETURN });
    await news(page, '2 new reports');
    await page.locator('tr[data-id="lt-ru.kybartai"][data-status="closed"]').waitFor();
    expect(await page.locator('.trouble').count()).toBe(0);
  });

  it('shows the same from a fixed link after other reports of the same day', async () => {
    const page = await visited.open('/?asOf=2025-11-05');
    const rows = (of: Page): Promise<unknown> =>
      of.evaluate(
        "[...document.querySelectorAll('tbody tr')].map(({ dataset: { id, status } }) => `${id} ${status}`).sort()",
      );
    await page.getByText('Share', { exact: true }).click();
    const link = await page.locator('.sheet input').first().inputValue();
    const shown = await rows(page);
    await record(closure('lt-by.raigardas'), closure('pl-by.terespol'));
    const colleague = await visited.open(link.slice(visited.server.url.length));
    await colleague.locator('tbody tr').first().waitFor();
    expect(await rows(colleague)).toEqual(shown);
  });

  it('continues to read after a wrong key, and after a key that no header can hold', async () => {
    const page = await visited.open('/?view=record');
    for (const wrong of ['wrong', 'raktas, ąžuolas']) {
      await page.locator('#field-key').fill(wrong);
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Map', exact: true }).click();
      await page.locator('tbody tr').first().waitFor();
      await page.reload();
      await page.locator('tbody tr').first().waitFor();
      expect(await page.locator('.trouble').count()).toBe(0);
      await page.getByRole('button', { name: 'Record', exact: true }).click();
    }
  });

  it('records a report with the keyboard alone', async () => {
    const page = await visited.open('/');
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 90; presses += 1) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${selector}.`);
    };
    const write = async (field: string, text: string): Promise<void> => {
      await tabTo(`[id="field-${field}"]`);
      await page.keyboard.insertText(text);
    };
    await tabTo('.top nav button:last-child');
    await page.keyboard.press('Enter');
    await page.locator('[id="field-data.crossing"]').waitFor();
    await write('data.crossing', 'lt-by.latezeris');
    await write('occurred', '2025-11-03');
    await write('publisher', 'A reader');
    await write('title', 'Typed by keys alone');
    await write('claimant', 'lt.government');
    await write('reportedAt', '2025-11-04');
    await write('key', visited.key);
    await tabTo('button[value="preview"]');
    await page.keyboard.press('Enter');
    await page.locator('.outcome').waitFor();
    await tabTo('button[value="send"]');
    await page.keyboard.press('Enter');
    await page.locator('.outcome', { hasText: 'Recorded' }).waitFor();
    await tabTo('.outcome .link');
    await page.keyboard.press('Enter');
    await page.locator('.report', { hasText: 'Typed by keys alone' }).waitFor();
  });

  it('plays to the last day, shows it, and stops there', async () => {
    const page = await visited.open('/');
    const today = await page.locator('.asOf .date').inputValue();
    const before = new Date(Date.parse(today) - 20 * 86_400_000).toISOString().slice(0, 10);
    await page.locator('.asOf .date').fill(before);
    await page.getByLabel('Speed').selectOption('30');
    await page.locator('#asOf-slider').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.locator('.asOf .date').inputValue()).toBe(today);
    await page.waitForURL((url) => url.searchParams.get('asOf') === today);
  });

  it('uses no more memory after many steps of play than after some steps', async () => {
    const page = await visited.open('/?asOf=2025-06-01&knownAt=2025-06-01');
    const devtools = await page.context().newCDPSession(page);
    await stepOn(page, 200);
    const before = await heapOf(devtools);
    await stepOn(page, 600);
    // The memory of a page is bounded: three times the steps add less than a tenth. `npm run bench -- --only page` takes the steps of an hour.
    expect(await heapOf(devtools)).toBeLessThan(before * 1.1 + 1_000_000);
  });

  it('shows two thousand crossings, and a step of the slider asks for no plane again', async () => {
    const registered = Array.from({ length: 2_000 }, (_, n) => ({
      type: 'subject.registered',
      reportedAt: '2025-01-01',
      data: {
        kind: 'crossing',
        id: `xx-yy.place-${n}`,
        names: { en: `Place ${n}` },
        crossing: { border: 'LT-BY', sides: ['LT', 'BY'], modes: ['road'], operating: true },
        location: { type: 'Point', coordinates: [20 + (n % 50) / 6, 53 + Math.floor(n / 50) / 20] },
      },
      source: { publisher: 'A reader', title: 'A list', publishedAt: '2025-01-01' },
      attribution: { claimant: 'lt.government', standing: 'reference', reliability: 'A1' },
    }));
    const closed = registered.map(({ data: { id } }) => closure(id));
    await record(...registered);
    await record(...closed);
    const page = await visited.open('/?asOf=2025-11-03');
    await page.locator('tr[data-id="xx-yy.place-1999"]').waitFor({ state: 'attached' });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.locator('#asOf-slider').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('tr[data-id="xx-yy.place-1999"][data-status="closed"]').waitFor({ state: 'attached' });
    // The status is shown before the page asks for the details.
    expect(requests.filter((url) => url.includes('/v1/planes'))).toEqual([]);
  });
});
