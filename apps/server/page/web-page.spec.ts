import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { serveWebPage } from './web-page.js';

describe('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const server: FastifyInstance = fastify();
  const get = (url: string): Promise<LightMyRequestResponse> => server.inject({ url });

  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(
      join(folder, 'index.html'),
      '<!doctype html><html lang="en"><head><title>Borderline</title><meta property="og:image" content="/assets/preview-c3d4.png" /></head></html>',
    );
    writeFileSync(join(folder, 'assets', 'index-a1b2.js'), 'export {};');
    writeFileSync(join(folder, 'assets', 'preview-c3d4.png'), 'PNG');
    serveWebPage(server, { folder, embed: ['https://news.example'], zone: 'Europe/Vilnius' });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('is at the root, is revalidated each time, and may load nothing from another origin and nothing inline', async () => {
    const { statusCode, headers, body } = await get('/?asOf=2025-11-05');
    expect(statusCode).toBe(200);
    expect(body).toContain('<title>Border crossings on 5 November 2025, as known now · Borderline</title>');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('may be framed by the origins of the setting, and only where the address asks for a picture', async () => {
    const { headers } = await get('/?view=charts&picture=held&embed');
    expect(headers['content-security-policy']).toContain('frame-ancestors https://news.example');
    expect(headers['content-security-policy']).not.toContain("frame-ancestors 'none'");
  });

  it.each([
    ['/', 'Border crossings now, as known now'],
    ['/?asOf=2025-11-05&knownAt=2025-11-05', 'Border crossings on 5 November 2025, as known that day'],
    [
      '/?view=charts&picture=nights&asOf=2025-11-05&knownAt=2025-10-26',
      'Balloons, night by night on 5 November 2025, as known on 26 October 2025',
    ],
    ['/?asOf=2025-11-05T22:30:00Z&zone=Europe/Minsk', 'Border crossings on 6 November 2025 at 01:30'],
    [
      '/?view=compare&from.asOf=2025-11-10&to.asOf=2025-11-19&to.knownAt=2025-11-19',
      'Compared: on 10 November 2025, as known now, and on 19 November 2025, as known that day',
    ],
    ['/?lang=lt&asOf=2025-11-05', 'Pasienio kontrolės punktai 2025 m. lapkričio 5 d.'],
    ['/?asOf=soon&knownAt=2025-99-99&view=constructor&zone=Mars/Base', 'Border crossings now, as known now'],
    ['/?asOf=1&asOf=2', 'Border crossings now'],
  ])('has a title for %s in its Open Graph tags', async (url, title) => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBe(200);
    expect(body).toContain(`<meta property="og:title" content="${title}`);
    expect(body).toContain(`<meta property="og:description" content="${title}`);
    expect(body).toContain(`<html lang="${url.includes('lang=lt') ? 'lt' : 'en'}"`);
  });

  it('names a picture with an address that other programs can read, with the host name of their request', async () => {
    const { body } = await server.inject({ url: '/?view=plane', headers: { host: 'borders.example:8080' } });
    const [, address] = /<meta property="og:image" content="([^"]+)"/.exec(body)!;
    expect(address).toBe('http://borders.example:8080/assets/preview-c3d4.png');
    expect((await get(new URL(address!).pathname)).headers['content-type']).toBe('image/png');
    const hostile = await server.inject({ url: '/', headers: { host: '"><script>' } });
    expect(hostile.body).toContain('content="http://localhost/assets/');
  });

  it.each([
    '"><script>alert(1)</script>',
    "2025-11-05'><img src=x onerror=alert(1)>",
    '2025-11-05 $& $1 `${1}`',
    '\u202e2025-11-05\u0000',
  ])('writes no text of an address except times into the page: %j', async (text) => {
    for (const name of ['asOf', 'knownAt', 'view', 'picture', 'lang', 'zone', 'embed', 'subject']) {
      const { statusCode, body } = await get(`/?${name}=${encodeURIComponent(text)}`);
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(/alert|onerror|\$&|\u202e/);
      expect(body.match(/<script|<img/g)).toBeNull();
    }
  });

  it('has files that a cache may keep for ever, as their names change with their contents', async () => {
    const { headers, body } = await get('/assets/index-a1b2.js');
    expect(body).toBe('export {};');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
    expect((await get('/assets/..%2Findex.html')).statusCode).toBe(404);
  });
});

it('a page that is not built says so, and how to build it', async () => {
  const server = fastify();
  serveWebPage(server, { folder: join(tmpdir(), 'borderline-no-such-folder') });
  const { statusCode, body } = await server.inject({ url: '/' });
  expect(statusCode).toBe(404);
  expect(body).toContain('npm run build');
  expect(body).toContain('/docs');
  await server.close();
});
