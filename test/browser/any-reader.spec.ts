import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';
import { accessibilityFaults, describeInBrowser, Reader } from './browser.js';

const VIEWS = [
  '/?asOf=2025-11-05&knownAt=2025-10-26',
  '/?view=timeline',
  '/?view=plane&asOf=2025-11-05',
  '/?view=charts&asOf=2025-11-12',
  '/?view=compare&from.asOf=2025-11-10&to.asOf=2025-11-19',
  '/?view=record',
  '/?audit=open',
];
/** The longest text that a report may have as a quote: a word longer than a line, an order that goes over to the left, markup, and what a formula begins with. */
const UGLY = `=${'W'.repeat(240)} \u202e <img src=x onerror=alert(1)> \u2067עברית\u2069`;

describeInBrowser('the page, as any reader may have it', () => {
  const data = temporaryFolder();
  let server: Spawned;
  let reader: Reader;
  let ugly = '';

  beforeAll(async () => {
    server = await spawnServer(data, ['--corpus']);
    const response = await fetch(`${server.url}/v1/developments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.key!}` },
      body: JSON.stringify({
        type: 'context.noted',
        occurred: '2025-11-12',
        reportedAt: '2025-11-12',
        data: { context: 'lt-by.words', what: `${UGLY} ${'Ž'.repeat(700)}` },
        source: {
          publisher: UGLY.slice(0, 200),
          title: UGLY.slice(0, 200),
          quote: UGLY,
          publishedAt: '2025-11-12',
        },
        attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
      }),
    });
    const answer = (await response.json()) as { events?: { id: string }[] };
    expect([response.status, answer]).toMatchObject([201, { events: [{}] }]);
    ugly = answer.events![0]!.id;
    reader = await Reader.at(server.url);
  }, 180_000);

  afterAll(async () => {
    await reader.close();
    await server.stop();
    removeFolder(data);
  });

  /** Pixels by which the page is wider than the screen. */
  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it.each(VIEWS)('is one column without scrolling sideways at 400 %% zoom: %s', async (path) => {
    // A screen of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10).
    const page = await reader.open(path, { viewport: { width: 320, height: 256 } });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // What lies below is reached by scrolling, and nothing that stays in place covers it.
    const shown = await page.evaluate<number>(
      `innerHeight - [...document.querySelectorAll('body *')]
        .filter((one) => /^(sticky|fixed)$/.test(getComputedStyle(one).position) && one.matches('.dock, .top'))
        .reduce((height, one) => height + one.getBoundingClientRect().height, 0)`,
    );
    expect(shown).toBeGreaterThan(120);
    await reader.leave(page);
  });

  it('keeps the longest texts, markup and turned text in their place, and words of 10,000 characters that are typed', async () => {
    for (const viewport of [
      { width: 1280, height: 860 },
      { width: 390, height: 844 },
    ]) {
      const page = await reader.open(`/?view=timeline&event=${ugly}`, { viewport });
      await page.locator('.report blockquote').waitFor();
      expect(await page.locator('.report blockquote').innerText()).toContain('<img src=x onerror=alert(1)>');
      expect(await page.locator('main img').count()).toBe(0);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const box = (await page.locator('.report blockquote').boundingBox())!;
      expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      await page.getByRole('button', { name: 'Record', exact: true }).first().click();
      await page.locator('[id="field-title"]').fill('W'.repeat(10_000));
      await page.getByRole('button', { name: 'Timeline', exact: true }).click();
      await page.locator('.timeline input').fill('W'.repeat(10_000));
      await page.locator('.empty, .trouble').first().waitFor();
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await reader.leave(page);
    }
  });

  it.each(VIEWS)('holds in a page from right to left: %s', async (path) => {
    const page = await reader.open(path);
    await page.evaluate("document.documentElement.dir = 'rtl'");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    const slider = page.locator('#asOf-slider');
    if ((await slider.count()) > 0) {
      const before = Number(await slider.inputValue());
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      expect(Number(await slider.inputValue())).toBe(before + 1);
    }
    await reader.leave(page);
  });

  it('tells statuses apart where the system chooses the colours', async () => {
    const page = await reader.open('/?asOf=2025-11-05', { forcedColors: 'active' });
    const shapes = await page.evaluate<string[]>(
      "['open', 'restricted', 'closed'].map((status) => document.querySelector('.map .mark.' + status)?.innerHTML ?? '')",
    );
    expect(new Set(shapes).size).toBe(3);
    await page.locator('.spot[tabindex="0"]').focus();
    const focused = page.locator('.spot[tabindex="0"] .target');
    expect(await focused.evaluate('(one) => getComputedStyle(one).stroke')).not.toBe('none');
    expect(await accessibilityFaults(page)).toEqual([]);
    await reader.leave(page);
  });

  it('moves nothing by itself for a reader who wants less motion', async () => {
    const page = await reader.open('/?asOf=2025-11-05', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      `[...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one);
        return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
      }).length`,
    );
    expect(moving).toBe(0);
    await reader.leave(page);
  });

  it.each(['/?asOf=2025-11-05', '/?view=compare&from.asOf=2025-11-10&to.asOf=2025-11-19', '/?view=timeline'])(
    'prints all of what is shown, without what can only be pressed: %s',
    async (path) => {
      const page = await reader.open(path);
      if (path.includes('compare')) await page.locator('.change').first().waitFor();
      await page.emulateMedia({ media: 'print' });
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.scroller, .list, main, #page')]
          .filter((one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible')
          .map((one) => one.className || one.id || one.tagName)`,
      );
      expect(cut).toEqual([]);
      for (const hidden of ['.tools', '.top nav', '.map-tools', '.presets'])
        expect(await page.locator(hidden).filter({ visible: true }).count()).toBe(0);
      await reader.leave(page);
    },
  );

  it('sent no request to another server, and did nothing that its policy refuses', () => {
    expect(reader.faults).toEqual([]);
  });
});
