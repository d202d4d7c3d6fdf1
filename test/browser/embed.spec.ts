import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { removeFolder, spawnServer, temporaryFolder, type Spawned } from '../server/spawned.js';
import { accessibilityFaults, describeInBrowser, Reader } from './browser.js';

describeInBrowser('a picture in a frame of somebody else’s page', () => {
  const data = temporaryFolder();
  const others: Server[] = [];
  let server: Spawned;
  let allowed: Reader;
  let refused: Reader;
  let own: Reader;
  let framed = '';

  /** A server of another origin, whose page has a frame. */
  const other = async (): Promise<string> => {
    const page = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<!doctype html><main aria-busy="false"><iframe width="700" height="500" src="${framed}"></iframe></main>`,
      );
    });
    others.push(page);
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    return `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
  };

  beforeAll(async () => {
    const origins = [await other(), await other()] as const;
    server = await spawnServer(data, ['--corpus'], { BORDERLINE_EMBED: origins[0] });
    allowed = await Reader.at(origins[0]);
    refused = await Reader.at(origins[1]);
    own = await Reader.at(server.url);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([allowed, refused, own].map((reader) => reader.close()));
    for (const page of others) page.close();
    await server.stop();
    removeFolder(data);
  });

  it.each([
    ['view=charts&picture=measures&', 'figure.picture-measures svg'],
    ['view=plane&subject=crossings/lt-by.medininkai&', '.plane-picture svg'],
    ['', '.spot[data-id="lt-by.medininkai"]'],
  ])(
    'shows ?%sembed alone, with its times and a link back, to an origin of the setting',
    async (query, shown) => {
      framed = `${server.url}/?${query}asOf=2025-11-05&knownAt=2025-11-05&lang=en&embed`;
      const page = await allowed.open('/');
      const frame = page.frameLocator('iframe');
      await frame.locator(shown).waitFor();
      await frame
        .getByRole('heading', { level: 1, name: 'On Wednesday, 5 November 2025, as known that day' })
        .waitFor();
      const link = frame.getByRole('link', { name: 'Borderline' });
      expect(await link.getAttribute('target')).toBe('_blank');
      expect(await link.getAttribute('href')).not.toContain('embed');
      expect(await frame.locator('.dock, .top, form.filters:visible').count()).toBe(0);
      await page.context().close();
    },
  );

  it('shows nothing to another origin, and no whole page to any', async () => {
    for (const [reader, query] of [
      [refused, '?view=charts&picture=measures&embed'],
      [allowed, '?view=charts&picture=measures'],
    ] as const) {
      framed = `${server.url}/${query}`;
      const page = await reader.open('/');
      await page.waitForFunction('performance.getEntriesByType("navigation")[0].loadEventEnd > 0');
      expect(await page.frameLocator('iframe').locator('main').count()).toBe(0);
      await page.context().close();
      expect(reader.faults.join('\n')).toContain('frame-ancestors');
      reader.faults.length = 0;
    }
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds, in %s', async (colorScheme) => {
    for (const query of ['view=charts&picture=claims&embed', 'view=plane&embed', 'embed']) {
      const page = await own.open(`/?${query}`, { colorScheme, viewport: { width: 520, height: 420 } });
      expect(await accessibilityFaults(page)).toEqual([]);
      await own.leave(page);
    }
  });

  it('is offered in Share as a frame to copy', async () => {
    const page = await own.open('/?view=charts&picture=talks&asOf=2025-12-01');
    await page.getByText('Share').click();
    const text = await page.getByLabel('In a page of yours').inputValue();
    expect(text).toContain('view=charts&amp;picture=talks&amp;asOf=2025-12-01&amp;embed"');
    await own.leave(page);
    expect(own.faults).toEqual([]);
  });
});
