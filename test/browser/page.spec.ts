import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { corpusInBrowser } from './browser.js';
import { comparing } from './comparing.js';
import { subjectsOfAllViews } from './subjects.js';

interface Item {
  readonly id: string;
  readonly status: string;
}

corpusInBrowser('the page, in a browser', (visited) => {
  const asked = async (query: string): Promise<Item[]> =>
    (await visited.ask<{ items: Item[] }>(`/v1/crossings?${query}`)).items;
  const rows = (page: Page): Promise<Item[]> =>
    page.evaluate<Item[]>(
      "[...document.querySelectorAll('tbody tr')].map(({ dataset: { id, status } }) => ({ id, status }))",
    );
  const byId = (items: readonly Item[]): Item[] =>
    items.map(({ id, status }) => ({ id, status })).sort((a, b) => (a.id < b.id ? -1 : 1));

  /** Drags the thumb of a slider to the place of the day, and then goes the last days with the arrow keys, as a person does. */
  async function drag(page: Page, axis: 'asOf' | 'knownAt', day: string): Promise<void> {
    const slider = page.locator(`#${axis}-slider`);
    const { x, y, width, height } = (await slider.boundingBox())!;
    const number = Date.parse(day) / 86_400_000;
    const numberIn = async (name: string): Promise<number> => Number(await slider.getAttribute(name));
    const [least, most, now] = [
      await numberIn('min'),
      await numberIn('max'),
      Number(await slider.inputValue()),
    ];
    const at = (value: number): number => x + 9 + ((value - least) / (most - least)) * (width - 18);
    await page.mouse.move(at(now), y + height - 9);
    await page.mouse.down();
    await page.mouse.move(at(number), y + height - 9, { steps: 8 });
    await page.mouse.up();
    await slider.focus();
    for (let presses = 0; presses < 30; presses += 1) {
      const value = Number(await slider.inputValue());
      if (value === number) return;
      await page.keyboard.press(value < number ? 'ArrowRight' : 'ArrowLeft');
    }
    throw new Error(`The slider did not reach ${day}.`);
  }

  it('shows for a day, chosen by dragging, the answer of the API as of that day and as known on that day', async () => {
    const page = await visited.open('/');
    await drag(page, 'asOf', '2025-11-05');
    await page
      .getByRole('heading', { level: 1, name: /Wednesday.? 5 November 2025, as known that day/ })
      .waitFor();
    expect(byId(await rows(page))).toEqual(byId(await asked('asOf=2025-11-05&knownAt=2025-11-05')));
    await page.waitForURL(/asOf=2025-11-05&knownAt=2025-11-05/);
  });

  it('marks the items that are known differently today, as long as the second time is in the past', async () => {
    const page = await visited.open('/?asOf=2025-11-05&knownAt=2025-11-05');
    await drag(page, 'knownAt', '2025-10-26');
    await page.locator('.spot[data-id="lt-by.medininkai"] .differs').waitFor();
    await page.locator('tr[data-id="lt-by.medininkai"]', { hasText: 'Known now: restricted' }).waitFor();
    expect(byId(await rows(page))).toEqual(byId(await asked('asOf=2025-11-05&knownAt=2025-10-26')));
    await page.getByRole('radio', { name: 'Everything' }).check();
    await page.locator('.differs').first().waitFor({ state: 'detached' });
    expect(byId(await rows(page))).toEqual(byId(await asked('asOf=2025-11-05')));
  });

  it('can be used with the keyboard alone: a mark of the map, the crossing, the reason, the report behind it, and back', async () => {
    const page = await visited.open('/?asOf=2025-11-05&knownAt=2025-11-05');
    await page.locator('.spot[tabindex="0"]').waitFor();
    await tabTo(page, '.spot');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.subject h2').waitFor();
    await page.locator('.effect').first().waitFor();
    await tabTo(page, '.effect .link');
    await page.keyboard.press('Enter');
    await page.locator('.report h2').waitFor();
    expect(page.url()).toContain('event=');
    await page.goBack();
    await page.locator('.report').waitFor({ state: 'detached' });
    await page.locator('.subject h2').waitFor();
  });

  /** Presses Tab until an element that matches the selector has the focus. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    }
    throw new Error(`Tab does not reach ${selector}.`);
  }

  it('visits the same days with N and P, each once, also over the night on which the clocks change', async () => {
    const page = await visited.open('/?asOf=2025-10-20');
    const slider = page.locator('#asOf-slider');
    await slider.focus();
    const walk = async (keyName: string): Promise<string[]> => {
      const days: string[] = [];
      for (let presses = 0; presses < 7; presses += 1) {
        const before = await slider.inputValue();
        await page.keyboard.press(keyName);
        await page.waitForFunction(`document.activeElement.value !== '${before}'`);
        days.push(await slider.inputValue());
      }
      return days;
    };
    const there = await walk('n');
    const back = await walk('p');
    expect(new Set(there).size).toBe(there.length);
    expect([...there].sort()).toEqual(there);
    expect(back.slice(0, 6)).toEqual(there.slice(0, 6).reverse());
  });

  it('shows the same from a link, in another language and zone too', async () => {
    const page = await visited.open(
      '/?asOf=2025-11-05&knownAt=2025-10-28&subject=crossings/lt-by.medininkai&lang=lt',
      {
        timezoneId: 'America/New_York',
      },
    );
    await page.getByRole('heading', { level: 2, name: 'Medininkai' }).waitFor();
    await page.locator('.headline', { hasText: 'apribotas' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('lt');
  });

  const dateOf = (page: Page, axis: string): Promise<string> => page.locator(`.${axis} .date`).inputValue();

  /** Repeats the check until it succeeds: the page may still be drawing. */
  async function eventually(check: () => Promise<void>): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const failed = await check().then(
        () => false,
        () => true,
      );
      if (!failed) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await check();
  }

  it('shows in the plane the same answers as the API, and the arrows and Enter go to their times', async () => {
    const page = await visited.open('/?view=plane&subject=crossings/lt-by.medininkai');
    await page.locator('.cell[tabindex="0"]').focus();
    for (const [steps, arrow] of [
      [3, 'ArrowUp'],
      [9, 'ArrowRight'],
      [4, 'ArrowUp'],
    ] as const) {
      for (let presses = 0; presses < steps; presses += 1) await page.keyboard.press(arrow);
      await page.keyboard.press('Enter');
      await eventually(async () => {
        const [valid, known] = [await dateOf(page, 'asOf'), await dateOf(page, 'knownAt')];
        const shown = await page.locator('.headline').innerText();
        const items = await asked(`asOf=${valid}&knownAt=${known}`);
        const { status } = items.find(({ id }) => id === 'lt-by.medininkai')!;
        expect(shown).toContain(status === 'unknown' ? 'uncertain' : status);
      });
    }
  });

  it('records a closure with a vague date, after a preview; a second window shows it immediately; it is corrected and struck through', async () => {
    const [writer, watcher] = [await visited.open('/?view=record'), await visited.open('/')];
    await watcher.locator('.live.live').waitFor();
    const write = (field: string, value: string): Promise<void> =>
      writer.locator(`[id="field-${field}"]`).fill(value);
    await write('data.crossing', 'lt-by.kena');
    await write('data.summary', 'Kena <b>shuts</b> \u202e for repairs.');
    await write('occurred', 'about mid-November 2026');
    await writer.getByText('2026-11-11/2026-11-20: 11–20 November 2026').waitFor();
    await write('publisher', 'A reader');
    await write('title', 'An invented closure');
    await write('reportedAt', '2026-11-21');
    await write('key', 'a wrong key');
    await writer.getByRole('button', { name: 'Record', exact: true }).last().click();
    await writer.locator('.trouble').waitFor();
    expect(await writer.locator('[id="field-title"]').inputValue()).toBe('An invented closure');
    await write('claimant', 'lt.government');
    await writer.locator('#field-standing').selectOption('act');
    await write('key', visited.key);
    await writer.getByRole('button', { name: 'Preview what would change' }).click();
    await writer.locator('.outcome', { hasText: 'Kena' }).waitFor();
    await writer
      .locator('.outcome figure', { hasText: 'with this report' })
      .locator('.moved .closed')
      .waitFor();
    await writer.getByRole('button', { name: 'Record', exact: true }).last().click();
    await writer.locator('.outcome', { hasText: 'Recorded' }).waitFor();
    await watcher.locator('tr[data-id="lt-by.kena"][data-status="closed"]').waitFor();
    await watcher.locator('.live', { hasText: '1 new report' }).waitFor();

    await writer.locator('.outcome .link').click();
    await writer.locator('.report h2', { hasText: 'Kena <b>shuts</b>' }).waitFor();
    await writer.getByRole('button', { name: 'Correct…' }).click();
    await write('occurred', '2026-11-15');
    await write('reason', 'The source names the day.');
    await writer.getByRole('button', { name: 'Preview what would change' }).click();
    await writer
      .locator('.outcome li', { hasText: '11 Nov 2026 to 14 Nov 2026: uncertain: closed or open → open' })
      .waitFor();
    expect(await writer.locator('.report h2.struck').count()).toBe(0);
    await writer.getByRole('button', { name: 'Record', exact: true }).last().click();
    await writer.locator('.outcome', { hasText: 'Recorded' }).waitFor();
    await writer.locator('.report h2.struck').waitFor();

    await writer.getByRole('button', { name: 'Retract…' }).click();
    await write('reason', 'It was another crossing.');
    await writer.getByRole('button', { name: 'Preview what would change' }).click();
    await writer.locator('.outcome li', { hasText: 'Kena, from 15 Nov 2026 on: closed → open' }).waitFor();
  });

  it('registers a crossing with a place on the map without a line of JSON, and leads from a fault to its field', async () => {
    const page = await visited.open('/?view=record');
    const field = (name: string) => page.locator(`[id="field-${name}"]`);
    await page.locator('.record select').first().selectOption('subject.registered');
    await field('data.kind').selectOption('crossing');
    await field('data.names').fill('en: New Bridge\nlt: Naujas tiltas');
    await field('data.crossing.border').fill('LT-BY');
    await field('data.crossing.sides').fill('LT\nBY');
    await page.getByRole('group', { name: 'Crossing: Kinds of traffic' }).getByLabel('road').check();
    await field('data.crossing.operating').selectOption('true');
    await field('data.location').fill('54.06, 25.2');
    await field('publisher').fill('A reader');
    await field('title').fill('A bridge');
    await field('claimant').fill('lt.government');
    await field('key').fill(visited.key);
    await page.getByRole('button', { name: 'Record', exact: true }).last().click();
    await page.locator('.trouble').getByRole('button', { name: 'Id, unique and permanent' }).click();
    await page.keyboard.insertText('lt-by.new-bridge');
    await page.getByRole('button', { name: 'Record', exact: true }).last().click();
    await page.locator('.outcome', { hasText: 'Recorded' }).waitFor();
    await page.locator('.outcome .link').click();
    await page.getByRole('button', { name: 'Correct…' }).click();
    expect(await field('data.names').inputValue()).toBe('en: New Bridge\nlt: Naujas tiltas');
    expect(await field('data.location').inputValue()).toBe('54.06, 25.2');
    expect(await field('data.crossing.sides').inputValue()).toBe('LT\nBY');
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await page.locator('.spot[data-id="lt-by.new-bridge"]').waitFor();
  });

  it('shows the place of the first time in the timeline, and scrolls to it', async () => {
    const page = await visited.open('/?view=timeline&asOf=2025-11-05');
    const isOnScreen =
      "(() => { const { top } = document.querySelector('.here').getBoundingClientRect(); return top > 0 && top < innerHeight; })()";
    await page.locator('.here', { hasText: 'On Wednesday, 5 November 2025' }).waitFor();
    await page.waitForFunction(isOnScreen);
    await page.locator('.asOf .date').fill('2022-06-18');
    await page.locator('.here', { hasText: 'On Saturday, 18 June 2022' }).waitFor();
    await page.waitForFunction(isOnScreen);
  });

  it('loads less than 200 kB at first, compressed', () => {
    const files = [
      'dist/web/index.html',
      ...readdirSync('dist/web/assets')
        // The preview picture is for pages that link to this page.
        .filter((name) => !name.startsWith('preview'))
        .map((name) => join('dist/web/assets', name)),
    ];
    const bytes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200_000);
  });

  it('has a picture for programs that show links, of a size that these programs accept', async () => {
    const page = await visited.open('/');
    const address = await page.locator('meta[property="og:image"]').getAttribute('content');
    expect(address).toMatch(visited.server.url);
    const png = Buffer.from(await (await fetch(address!)).arrayBuffer());
    // The layout of the image header: https://www.w3.org/TR/png-3/#11IHDR
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      'PNG',
      1200,
      630,
    ]);
    expect(png.length).toBeLessThan(300_000);
  });

  comparing(visited);
  subjectsOfAllViews(visited);
});
