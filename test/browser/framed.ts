import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Reader, type Visited } from './browser.js';

/** Two pages of different origins, with the server under test in a frame; the server allows only the first origin. */
export class Frames {
  /** The address in the frame. */
  framed = '';
  readonly origins: string[] = [];
  private readonly servers: Server[] = [];

  /** Starts the two pages. Returns the setting that allows the first origin. */
  async listen(): Promise<Readonly<Record<string, string>>> {
    for (let number = 0; number < 2; number += 1) {
      const server = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(
          `<!doctype html><main aria-busy="false"><iframe width="700" height="500" src="${this.framed}"></iframe></main>`,
        );
      });
      this.servers.push(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      this.origins.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
    return { BORDERLINE_EMBED: this.origins[0]! };
  }

  close(): void {
    for (const server of this.servers) server.close();
  }
}

export const framed = (visited: Visited, frames: Frames): void =>
  describe('a picture in a frame of another origin’s page', () => {
    let allowed: Reader;
    let refused: Reader;

    beforeAll(() => {
      [allowed, refused] = [
        visited.reader.elsewhere(frames.origins[0]!),
        visited.reader.elsewhere(frames.origins[1]!),
      ];
    });
    afterAll(() => frames.close());

    it.each([
      ['view=charts&picture=measures&', 'figure.picture-measures svg'],
      ['view=plane&subject=crossings/lt-by.medininkai&', '.plane-picture svg'],
      ['', '.spot[data-id="lt-by.medininkai"]'],
    ])(
      'shows ?%sembed alone, with its times and a link back, to an origin of the setting',
      async (query, shown) => {
        frames.framed = `${visited.server.url}/?${query}asOf=2025-11-05&knownAt=2025-11-05&lang=en&embed`;
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
      },
    );

    it('is not shown to an origin that is not allowed; the whole page is shown to no origin', async () => {
      for (const [reader, query] of [
        [refused, '?view=charts&picture=measures&embed'],
        [allowed, '?view=charts&picture=measures'],
      ] as const) {
        frames.framed = `${visited.server.url}/${query}`;
        const page = await reader.open('/');
        await page.waitForFunction('performance.getEntriesByType("navigation")[0].loadEventEnd > 0');
        expect(await page.frameLocator('iframe').locator('main').count()).toBe(0);
        expect(reader.faults.join('\n')).toContain('frame-ancestors');
        reader.faults.length = 0;
      }
    });

    it('is offered in Share as a frame to copy', async () => {
      const page = await visited.open('/?view=charts&picture=talks&asOf=2025-12-01');
      await page.getByText('Share').click();
      const text = await page.getByLabel('In a page of yours').inputValue();
      expect(text).toContain('view=charts&amp;picture=talks&amp;asOf=2025-12-01&amp;embed"');
    });
  });
