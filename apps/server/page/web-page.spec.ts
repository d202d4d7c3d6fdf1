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
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Borderline</title>');
    writeFileSync(join(folder, 'assets', 'index-a1b2.js'), 'export {};');
    serveWebPage(server, folder);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('is at the root, is revalidated each time, and may load nothing from elsewhere and nothing inline', async () => {
    const { statusCode, headers, body } = await get('/?asOf=2025-11-05');
    expect(statusCode).toBe(200);
    expect(body).toContain('<title>Borderline</title>');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
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
  serveWebPage(server, join(tmpdir(), 'borderline-no-such-folder'));
  const { statusCode, body } = await server.inject({ url: '/' });
  expect(statusCode).toBe(404);
  expect(body).toContain('npm run build');
  expect(body).toContain('/docs');
  await server.close();
});
