import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { accessibilityFaults, COLOUR_RULES, corpusInBrowser } from './browser.js';

const NOVEMBER = 'from.asOf=2025-11-10&from.knownAt=2025-11-10&to.asOf=2025-11-19&to.knownAt=2025-11-19';

/** Each view, with an element that is there once the view is complete. */
const VIEWS: readonly (readonly [path: string, ready: string])[] = [
  ['/?asOf=2025-11-05&knownAt=2025-10-26', '.spot .differs'],
  ['/?subject=crossings/lt-by.medininkai&asOf=2025-11-05&knownAt=2025-11-05', '.effect'],
  ['/?subject=transit/kaliningrad.rail&asOf=2025-11-12', '.headline'],
  ['/?view=timeline&asOf=2025-11-05', '.entry.here'],
  ['/?view=plane&asOf=2025-11-05', '.cell'],
  ['/?view=plane&subject=sanctions/eu.belarus', '.cell'],
  ['/?view=charts&asOf=2025-11-12', 'figure.picture-claims svg'],
  [`/?view=compare&${NOVEMBER}`, '.change'],
  ['/?view=record', '[id="field-data.crossing"]'],
  ['/?audit=open&asOf=2025-11-05', '.checks .holds'],
  ['/?view=charts&picture=claims&embed', 'figure svg'],
  ['/?view=plane&embed', '.cell'],
  ['/?embed', '.spot'],
];
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
/** A screen of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10). */
const MAGNIFIED = { width: 320, height: 256 };

/**
 * A difficult text of the greatest length of a quote: a word longer than a line, characters that change the direction of the text, markup, and the
 * first character of a formula.
 */
const UGLY = `=${'W'.repeat(240)} \u202e <img src=x onerror=alert(1)> \u2067עברית\u2069`;

/** The number of pixels by which the page is wider than the screen, or a form is wider than its frame. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(
    "Math.max(...[document.documentElement, ...document.querySelectorAll('.record')].map((one) => one.scrollWidth - one.clientWidth))",
  );

const turn = (page: Page, direction: 'ltr' | 'rtl'): Promise<unknown> =>
  page.evaluate(`document.documentElement.dir = '${direction}'`);

corpusInBrowser('the page, for every reader', (visited) => {
  it.each(VIEWS)(
    'has no fault that axe finds, and nothing wider than the screen, on a desktop, on a phone and magnified, in both themes and directions: %s',
    async (path, ready) => {
      const page = await visited.open(path);
      await page.locator(ready).first().waitFor();
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: 'light' });
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await accessibilityFaults(page, COLOUR_RULES)).toEqual([]);
        await turn(page, 'rtl');
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await turn(page, 'ltr');
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize(MAGNIFIED);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      // Content below the screen is reached by scrolling, and no fixed part of the page covers it.
      const shown = await page.evaluate<number>(
        `innerHeight - [...document.querySelectorAll('body *')]
          .filter((one) => /^(sticky|fixed)$/.test(getComputedStyle(one).position) && one.matches('.dock, .top'))
          .reduce((height, one) => height + one.getBoundingClientRect().height, 0)`,
      );
      expect(shown).toBeGreaterThan(120);
    },
  );

  it('moves with the arrow keys in the direction of the text', async () => {
    const page = await visited.open('/?asOf=2025-11-05');
    await turn(page, 'rtl');
    const slider = page.locator('#asOf-slider');
    const before = Number(await slider.inputValue());
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(Number(await slider.inputValue())).toBe(before + 1);
  });

  it('keeps the longest texts, markup, text of the other direction, and typed words of 10,000 characters within their boxes', async () => {
    const { events } = await visited.post('/v1/developments', {
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
    });
    const page = await visited.open(`/?view=timeline&event=${events[0]!.id}`);
    await page.locator('.report blockquote').waitFor();
    expect(await page.locator('.report blockquote').innerText()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('main img').count()).toBe(0);
    const sizes = async (check: () => Promise<void>): Promise<void> => {
      for (const size of [DESK, PHONE]) {
        await page.setViewportSize(size);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        await check();
      }
    };
    await sizes(async () => {
      const { x, width } = (await page.locator('.report blockquote').boundingBox())!;
      expect(x + width).toBeLessThanOrEqual(page.viewportSize()!.width);
    });
    await page.getByRole('button', { name: 'Record', exact: true }).first().click();
    await page.locator('[id="field-title"]').fill('W'.repeat(10_000));
    await page.getByRole('button', { name: 'Timeline', exact: true }).click();
    await page.locator('.timeline input').fill('W'.repeat(10_000));
    await page.locator('.empty, .trouble').first().waitFor();
    await sizes(async () => undefined);
  });

  it('shows the sheet of Share on the screen, also while there is news', async () => {
    const page = await visited.open('/?asOf=2025-11-05');
    await page.evaluate("document.querySelector('.live').append('1,000 new reports')");
    await page.getByText('Share', { exact: true }).click();
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size);
      const { x, width } = (await page.locator('.sheet').boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(size.width);
    }
  });

  it('shows different statuses in different ways where the system chooses the colours', async () => {
    const page = await visited.open('/?asOf=2025-11-05', { forcedColors: 'active' });
    const shapes = await page.evaluate<string[]>(
      "['open', 'restricted', 'closed'].map((status) => document.querySelector('.map .mark.' + status)?.innerHTML ?? '')",
    );
    expect(new Set(shapes).size).toBe(3);
    await page.locator('.spot[tabindex="0"]').focus();
    const focused = page.locator('.spot[tabindex="0"] .target');
    expect(await focused.evaluate('(one) => getComputedStyle(one).stroke')).not.toBe('none');
    expect(await accessibilityFaults(page, COLOUR_RULES)).toEqual([]);
  });

  it('has no animation for a reader who wants less motion', async () => {
    const page = await visited.open('/?asOf=2025-11-05', { reducedMotion: 'reduce' });
    const moving = await page.evaluate(
      `[...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one);
        return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
      }).length`,
    );
    expect(moving).toBe(0);
  });

  it.each(VIEWS.filter(([path]) => /\?asOf|timeline|compare/.test(path)))(
    'prints everything that is shown, without the controls: %s',
    async (path, ready) => {
      const page = await visited.open(path);
      await page.locator(ready).first().waitFor();
      await page.emulateMedia({ media: 'print' });
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.scroller, .list, main, #page')]
          .filter((one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible')
          .map((one) => one.className || one.id || one.tagName)`,
      );
      expect(cut).toEqual([]);
      for (const hidden of ['.tools', '.top nav', '.map-tools', '.presets'])
        expect(await page.locator(hidden).filter({ visible: true }).count()).toBe(0);
    },
  );
});
