import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import type { Access, KeyStore } from '#data-folder';
import { Caller, Needs } from '../../apps/server/keys/needs.js';
import { answered, AnswerInterceptor, type Answer } from '../../apps/server/reading/answer.js';
import { basisOf, CUT, Cuts } from '../../apps/server/reading/cuts.js';
import { QueryParameters, text, type Parsed } from '../../apps/server/reading/parameters.js';
import { application, newEvent, type Application } from './application.js';

const STATE = { ...CUT, border: text() };

/** Handlers of each kind, for the tests. */
@Controller('probe')
class Probe {
  constructor(private readonly cuts: Cuts) {}

  @Get('bug')
  bug(): never {
    throw new Error('a secret of the house');
  }

  @Get('slow')
  async slow(): Promise<{ readonly done: true }> {
    await pause(300);
    return { done: true };
  }

  @Get('state')
  @UseInterceptors(AnswerInterceptor)
  async state(@QueryParameters(STATE) asked: Parsed<typeof STATE>): Promise<Answer> {
    const cut = await this.cuts.resolved(asked);
    return answered({ basis: basisOf(cut, 3), items: [asked.border ?? 'all'] }, cut.pinned);
  }

  @Post('reports')
  @Needs('report')
  report(@Body() body: unknown, @Caller() caller: Access): unknown {
    return { body, by: caller.name };
  }

  @Post('unsaid')
  unsaid(): unknown {
    return {};
  }
}

const json = { 'content-type': 'application/json' };
const KEY = 'a-key-of-the-settings';
const known = { ...json, authorization: `Bearer ${KEY}` };
const LARGE = `"${'x'.repeat(33 * 1024 * 1024)}"`;

describe('the HTTP application', () => {
  let running: Application;
  let keys: KeyStore;
  let reporter: string;

  beforeAll(async () => {
    running = await application([Probe], { BORDERLINE_KEY: KEY });
    keys = running.keys;
    reporter = (await keys.create('reporter', ['report'])).key;
    await running.log.append([newEvent('crossing-a'), newEvent('crossing-b'), newEvent('crossing-a')]);
  });
  afterAll(() => running.stop());

  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`${running.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const bearer = (key: string) => ({ ...json, authorization: `Bearer ${key}` });

  describe('answers with a problem', () => {
    it.each([
      ['GET', '/nowhere', {}, undefined, 404, 'not-found'],
      ['GET', '/v1/events/stream//', {}, undefined, 404, 'not-found'],
      ['GET', '/v1/audit/tile/', {}, undefined, 404, 'not-found'],
      ['DELETE', '/v1/crossings/', {}, undefined, 405, 'method-not-allowed'],
      ['DELETE', '/health/live', {}, undefined, 405, 'method-not-allowed'],
      ['POST', '/v1/events/stream', json, '{}', 405, 'method-not-allowed'],
      // The body is not read where no handler is.
      ['POST', '/v1/events/stream', json, '{"a":', 405, 'method-not-allowed'],
      ['POST', '/nowhere', json, '{"a":', 404, 'not-found'],
      ['POST', '/nowhere', { 'content-type': 'text/plain' }, LARGE, 404, 'not-found'],
      ['GET', '/%zz', {}, undefined, 400, 'malformed-request'],
      ['POST', '/probe/reports', known, '{"a":', 400, 'malformed-body'],
      ['POST', '/probe/reports', known, '', 400, 'malformed-body'],
      ['POST', '/probe/reports', known, '['.repeat(1000), 400, 'malformed-body'],
      ['POST', '/probe/reports', known, '{"a":1,"a":1}', 400, 'malformed-body'],
      ['POST', '/probe/reports', known, '{"a":1e999}', 422, 'inexact-value'],
      [
        'POST',
        '/probe/reports',
        { ...known, 'content-type': 'text/plain' },
        'hello',
        415,
        'unsupported-media-type',
      ],
      [
        'POST',
        '/probe/reports',
        { ...known, 'content-type': 'application/x-www-form-urlencoded' },
        'a=1',
        415,
        'unsupported-media-type',
      ],
      ['POST', '/probe/reports', known, LARGE, 413, 'too-large'],
      ['POST', '/probe/reports', json, '{}', 401, 'key-needed'],
      ['POST', '/probe/reports', json, LARGE, 401, 'key-needed'],
      ['POST', '/probe/reports', { 'content-type': 'text/plain' }, 'hello', 401, 'key-needed'],
      ['POST', '/probe/reports', { ...json, authorization: 'Bearer wrong' }, '{"a":', 401, 'key-needed'],
      ['GET', '/probe/state?asOf=2025-02-30', {}, undefined, 400, 'invalid-parameter'],
      ['GET', '/probe/state?asOf=2025-02-03&asOf=2025-02-04', {}, undefined, 400, 'invalid-parameter'],
      ['GET', '/probe/state?recordedAt=@4', {}, undefined, 400, 'invalid-parameter'],
      ['GET', '/probe/state?colour=red', {}, undefined, 400, 'unknown-parameter'],
      ['GET', '/probe/bug', {}, undefined, 500, 'internal'],
    ] as const)('%s %s %j', async (method, url, headers, payload, status, code) => {
      const response = await ask(method, url, headers, payload);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.status).toBe(status);
      const text = await response.text();
      const body = JSON.parse(text) as Record<string, unknown>;
      expect(body).toMatchObject({ type: `/problems/${code}`, status });
      expect(body['instance']).toContain('#');
      expect(text).not.toMatch(/secret|node_modules|\bat .*:\d+:\d+/);
      const page = await ask('GET', String(body['type']));
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
    });

    it('that lists the allowed methods', async () => {
      expect((await ask('DELETE', '/probe/reports')).headers.get('allow')).toBe('POST');
    });

    it('whose instance carries the id of the request', async () => {
      const response = await ask('GET', '/probe/bug', { 'x-request-id': 'mine-1' });
      expect(await response.json()).toMatchObject({ instance: '/probe/bug#mine-1' });
      expect(response.headers.get('x-request-id')).toBe('mine-1');
    });
  });

  describe('asks for a key', () => {
    it('and knows its owner', async () => {
      const response = await ask('POST', '/probe/reports', bearer(reporter), '{"a":1}');
      expect(await response.json()).toEqual({ body: { a: 1 }, by: 'reporter' });
    });

    it('and sends a challenge where the key is missing or wrong', async () => {
      const none = await ask('POST', '/probe/reports', json, '{}');
      expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="borderline"']);
      const wrong = await ask('POST', '/probe/reports', bearer('borderline_wrong'), '{}');
      expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="borderline", error="invalid_token"');
    });

    it('with the scope that the handler needs; admin has them all', async () => {
      const reader = (await keys.create('reader', ['read'])).key;
      const refused = await ask('POST', '/probe/reports', bearer(reader), '{}');
      expect(refused.status).toBe(403);
      expect(refused.headers.get('www-authenticate')).toContain('scope="report"');
      const admin = (await keys.create('admin', ['admin'])).key;
      expect((await ask('POST', '/probe/reports', bearer(admin), '{}')).status).toBe(201);
    });

    it('with the scope admin where a handler that writes names no scope', async () => {
      expect((await ask('POST', '/probe/unsaid', bearer(reporter), '{}')).status).toBe(403);
    });

    it('before it reads the body', async () => {
      expect((await ask('POST', '/probe/unsaid', bearer(reporter), '{"a":')).status).toBe(403);
      expect((await ask('POST', '/probe/unsaid', bearer(reporter), LARGE)).status).toBe(403);
    });

    it('and refuses a revoked key from then on', async () => {
      const { key, record } = await keys.create('gone', ['report']);
      expect((await ask('POST', '/probe/reports', bearer(key), '{}')).status).toBe(201);
      await keys.revoke(record.id);
      expect((await ask('POST', '/probe/reports', bearer(key), '{}')).status).toBe(401);
    });
  });

  describe('answers a read', () => {
    it('with the basis, by which a client can ask again', async () => {
      const url = '/probe/state?asOf=2025-11-05&knownAt=2025-11-04&recordedAt=@2&border=LT-BY';
      expect(await (await ask('GET', url)).json()).toEqual({
        basis: {
          asOf: '2025-11-05T21:59:59.999Z',
          knownAt: '2025-11-04T21:59:59.999Z',
          recordedAt: '@2',
          sequence: 2,
          zone: 'Europe/Vilnius',
        },
        items: ['LT-BY'],
      });
    });

    it('only once: 304 for a client that has the answer', async () => {
      const first = await ask('GET', '/probe/state');
      expect(first.headers.get('cache-control')).toBe('public, no-cache');
      const tag = first.headers.get('etag') ?? '';
      const again = await ask('GET', '/probe/state', { 'if-none-match': tag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(tag);
      const other = await ask('GET', '/probe/state?border=PL-BY', {
        'if-none-match': tag,
      });
      expect(other.status).toBe(200);
    });

    it('so that a client may keep the answer for ever where it is pinned', async () => {
      const caching = async (query: string) =>
        (await ask('GET', `/probe/state?${query}`)).headers.get('cache-control');
      expect(await caching('asOf=2025-11-05&recordedAt=@3')).toBe('public, max-age=31536000, immutable');
      expect(await caching('recordedAt=@3')).toBe('public, max-age=31536000, immutable');
      expect(await caching('asOf=2025-11-05&recordedAt=2025-11-09')).toBe('public, no-cache');
    });

    it('to HEAD with the head alone', async () => {
      const response = await ask('HEAD', '/probe/state');
      expect([response.status, await response.text()]).toEqual([200, '']);
      expect(response.headers.get('etag')).toMatch(/^W\//);
    });
  });

  it('ignores a slash at the end of an address', async () => {
    for (const path of ['/health/live', '/docs', '/v1/crossings', '/v1/audit/key', '/openapi.json']) {
      const [slashed, plain] = [await ask('GET', `${path}/?`), await ask('GET', path)];
      expect([path, slashed.status, await slashed.text()]).toEqual([path, 200, await plain.text()]);
    }
    expect((await ask('GET', '/v1/audit/tile/0/000.p/3/')).status).toBe(200);
    expect((await ask('POST', '/probe/reports/', known, '{}')).status).toBe(201);
  });

  it('describes itself as OpenAPI 3.1, and shows the description from local files', async () => {
    const document = (await (await ask('GET', '/openapi.json')).json()) as Record<string, unknown>;
    expect(document['openapi']).toBe('3.1.0');
    expect(document['paths']).toHaveProperty(['/v1/events/stream', 'get', 'responses', 'default']);
    expect(document['paths']).toHaveProperty(['/probe/reports', 'post', 'security'], [{ bearer: [] }]);
    expect(document['paths']).toHaveProperty(['/probe/state', 'get', 'security'], []);
    const page = await (await ask('GET', '/docs')).text();
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) {
      expect(link).not.toMatch(/^(https?:)?\/\//);
      const file = await ask('GET', new URL(link, 'http://x/docs').pathname);
      expect(file.status).toBe(200);
      await file.body?.cancel();
    }
  });

  it.each([
    ['an answer', 'GET', '/health/live'],
    ['a refusal', 'DELETE', '/health/live'],
    ['a refusal by the router', 'GET', '/%zz'],
    ['a stream of events', 'HEAD', '/v1/events/stream'],
    ['an answer in lines', 'HEAD', '/v1/events?format=ndjson'],
  ])('sends %s with an id and the headers that keep a browser safe', async (_what, method, path) => {
    const { headers } = await ask(method, path);
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  });

  it('says that it is live and ready', async () => {
    expect(await (await ask('GET', '/health/live')).json()).toEqual({ status: 'live' });
    expect(await (await ask('GET', '/health/ready')).json()).toMatchObject({
      status: 'ready',
      parts: { log: { ready: true, sequence: 3 } },
    });
  });
});

describe('a server with a limit of writes for a key', () => {
  it('refuses more writes, says when to retry, and still answers reads', async () => {
    const running = await application([Probe], { BORDERLINE_KEY: KEY, BORDERLINE_WRITE_LIMIT: '2' });
    const write = (key: string) =>
      fetch(`${running.url}/probe/reports`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${key}` },
        body: '{}',
      });
    expect((await write(KEY)).status).toBe(201);
    expect((await write(KEY)).status).toBe(201);
    const refused = await write(KEY);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(25);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(await refused.json()).toMatchObject({
      type: '/problems/too-many-requests',
      detail: 'The key settings may write 2 times a minute.',
    });
    expect((await write((await running.keys.create('another', ['report'])).key)).status).toBe(201);
    const read = await fetch(`${running.url}/probe/state`, { headers: { authorization: `Bearer ${KEY}` } });
    expect(read.status).toBe(200);
    await running.stop();
  });
});

describe('a server where reading needs a key', () => {
  let running: Application;
  beforeAll(async () => {
    running = await application([Probe], { BORDERLINE_READ: 'key', BORDERLINE_KEY: 'from-the-settings' });
  });
  afterAll(() => running.stop());
  /** The status of an answer. The body is not read: otherwise the connection would stay open. */
  const status = async (path: string, key?: string): Promise<number> => {
    const headers = key ? { authorization: `bearer ${key}` } : {};
    const response = await fetch(`${running.url}${path}`, { headers });
    await response.body?.cancel();
    return response.status;
  };

  it('requires the scope `read`, except for health and documentation', async () => {
    const { key: reader } = await running.keys.create('reader', ['read']);
    const { key: reporter } = await running.keys.create('reporter', ['report']);
    expect(await status('/probe/state')).toBe(401);
    expect(await status('/v1/events/stream')).toBe(401);
    expect(await status('/probe/state', reporter)).toBe(403);
    expect(await status('/probe/state', reader)).toBe(200);
    expect(await status('/probe/state', 'from-the-settings')).toBe(200);
    for (const url of ['/health/live', '/health/ready', '/problems', '/docs', '/openapi.json']) {
      expect(await status(url)).toBe(200);
    }
  });
});

describe('a server that stops', () => {
  it('answers the requests that are under way', async () => {
    const { url, stop } = await application([Probe]);
    const slow = fetch(`${url}/probe/slow`);
    await pause(100);
    await stop();
    const response = await slow;
    expect([response.status, await response.json()]).toEqual([200, { done: true }]);
  });
});
