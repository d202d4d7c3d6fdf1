import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { corpusInBrowser } from './browser.js';
import { framed, Frames } from './framed.js';

const PICTURES = ['statuses', 'held', 'measures', 'warnings', 'nights', 'talks', 'claims'];

const frames = new Frames();

corpusInBrowser(
  'the pictures, in a browser',
  (visited) => {
    const saved = async (page: Page, form: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: form, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${form.toLowerCase()}$`));
      return readFileSync(await download.path());
    };

    /**
     * The texts of the figure and the SVG of the same moment. The names of claimants may arrive after the figure, so both are read again until they
     * agree.
     */
    async function drawnAndSaved(page: Page): Promise<{ shown: string[]; svg: string }> {
      const texts = (): Promise<string[]> =>
        page.evaluate("[...document.querySelectorAll('figure svg text')].map((text) => text.textContent)");
      for (;;) {
        const shown = await texts();
        const svg = (await saved(page, 'SVG')).toString();
        if (JSON.stringify(await texts()) === JSON.stringify(shown)) return { shown, svg };
      }
    }

    it.each(PICTURES)(
      'shows %s with a text, and saves exactly the same as SVG, PNG and CSV',
      async (name) => {
        const page = await visited.open(`/?view=charts&picture=${name}&asOf=2026-03-01`, {
          colorScheme: 'dark',
        });
        const figure = page.locator('figure');
        await figure.locator('svg').waitFor();
        expect(await page.locator('figure').count()).toBe(1);
        expect((await figure.locator('figcaption p').innerText()).length).toBeGreaterThan(20);

        const { shown, svg } = await drawnAndSaved(page);
        expect(svg).toContain('<desc>On Sunday');
        expect(/ (class|style)=|var\(/.exec(svg)).toBeNull();
        const written = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) =>
          text.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
        );
        expect(written).toEqual(expect.arrayContaining(shown));

        const png = await saved(page, 'PNG');
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
        expect(png.length).toBeGreaterThan(10_000);

        await page.getByText('The same as a table').click();
        const rows = await page.locator('figure tbody tr').count();
        const csv = (await saved(page, 'CSV')).toString();
        // No field of the corpus has a line break.
        expect(csv.trimEnd().split('\r\n')).toHaveLength(rows + 1);
      },
    );

    it('shows the figures of all claimants beside each other, also where a figure is only a bound, and makes no sum', async () => {
      const page = await visited.open('/?view=charts&picture=held&asOf=2026-03-01');
      const figure = page.locator('figure', { hasText: 'more than 1,800' });
      await figure.waitFor();
      const text = await figure.locator('svg').textContent();
      for (const figureText of ['about 1,000', '1,100–1,200', '1,730', '261'])
        expect(text).toContain(figureText);
      await page.getByText('The same as a table').click();
      await page.locator('figure td .link, figure th .link').first().click();
      await page.locator('.report h2').waitFor();
    });

    it('shows only facts that were known at the cut: no phase before its announcement, no deadline before its warning', async () => {
      const page = await visited.open('/?view=charts&picture=measures&asOf=2022-06-18&knownAt=2022-06-18');
      await page.locator('figure svg', { hasText: 'steel and iron' }).waitFor();
      expect(await page.locator('figure svg').textContent()).not.toContain('potash');
      await page.getByRole('button', { name: 'Warnings and deadlines' }).click();
      await page.getByText('At these times nothing is known').waitFor();
      expect(page.url()).toContain('picture=warnings');
      await page.goBack();
      await page.locator('figure.picture-measures').waitFor();
    });

    framed(visited, frames);
  },
  () => frames.listen(),
);
