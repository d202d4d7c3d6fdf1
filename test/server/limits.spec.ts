import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Given } from '../../apps/settings.js';
import { application, newEvent, type Application } from './application.js';
import { messages } from './sse.js';

const KEY = 'a-key-of-the-settings';

/** Runs one test with a server that has the settings. */
async function running(given: Given, test: (app: Application) => Promise<void>): Promise<void> {
  const app = await application([], given);
  try {
    await test(app);
  } finally {
    await app.stop();
  }
}

const ask = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ readonly status: number; readonly wait: string | null; readonly detail: string }> => {
  const response = await fetch(url, { headers });
  const text = response.status === 200 ? '{}' : await response.text();
  await response.body?.cancel().catch(() => undefined);
  const { detail = '' } = JSON.parse(text) as { detail?: string };
  return { status: response.status, wait: response.headers.get('retry-after'), detail };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('the limit of reads', () => {
  it('is for each address, and separately for each key; requests for health are not counted', () =>
    running({ BORDERLINE_READ_LIMIT: '2', BORDERLINE_KEY: KEY }, async ({ url, keys }) => {
      const crossings = `${url}/v1/crossings`;
      for (let n = 0; n < 2; n += 1) expect((await ask(crossings)).status).toBe(200);
      const refused = await ask(crossings);
      expect(refused).toMatchObject({
        status: 429,
        detail: 'The address 127.0.0.1 may ask 2 times a minute.',
      });
      expect(Number(refused.wait)).toBeGreaterThan(0);
      expect(Number(refused.wait)).toBeLessThanOrEqual(30);
      expect((await ask(crossings, bearer('a wrong one'))).status).toBe(429);
      const { key, record } = await keys.create('reader', ['read']);
      for (let n = 0; n < 2; n += 1) expect((await ask(crossings, bearer(key))).status).toBe(200);
      expect(await ask(crossings, bearer(key))).toMatchObject({
        status: 429,
        detail: `The key ${record.id} may ask 2 times a minute.`,
      });
      expect((await ask(crossings, bearer(KEY))).status).toBe(200);
      for (let n = 0; n < 5; n += 1) expect((await ask(`${url}/health/live`)).status).toBe(200);
    }));
});

describe('wrong keys', () => {
  it('are refused without a check after too many from an address, and so are right keys; requests without a key are not counted', () =>
    running(
      { BORDERLINE_READ: 'key', BORDERLINE_FAILED_LIMIT: '3', BORDERLINE_KEY: KEY },
      async ({ url }) => {
        const crossings = `${url}/v1/crossings`;
        for (let n = 0; n < 10; n += 1) expect((await ask(crossings)).status).toBe(401);
        for (let n = 0; n < 3; n += 1) expect((await ask(crossings, bearer(`guess-${n}`))).status).toBe(401);
        const refused = await ask(crossings, bearer('guess-4'));
        expect(refused).toMatchObject({
          status: 429,
          detail: '127.0.0.1 has sent 3 wrong keys or tokens within a minute.',
        });
        expect(Number(refused.wait)).toBeGreaterThan(0);
        expect((await ask(crossings, bearer(KEY))).status).toBe(429);
        expect((await ask(`${url}/health/ready`)).status).toBe(200);
      },
    ));
});

describe('X-Forwarded-For', () => {
  const counted = async (app: Application): Promise<readonly number[]> => {
    const from = ['192.0.2.1', '192.0.2.2', '203.0.113.9, 192.0.2.1'];
    const statuses: number[] = [];
    for (const forwarded of from) {
      statuses.push((await ask(`${app.url}/v1/crossings`, { 'x-forwarded-for': forwarded })).status);
    }
    return statuses;
  };

  it('is ignored by default: a request has the address of its connection', () =>
    running({ BORDERLINE_READ_LIMIT: '1' }, async (app) =>
      expect(await counted(app)).toEqual([200, 429, 429]),
    ));

  it('of a trusted proxy names the client; the part that the client wrote itself is ignored', () =>
    running({ BORDERLINE_READ_LIMIT: '1', BORDERLINE_TRUSTED_PROXIES: 'loopback' }, async (app) =>
      expect(await counted(app)).toEqual([200, 200, 429]),
    ));

  it('of a proxy that is not trusted is ignored', () =>
    running({ BORDERLINE_READ_LIMIT: '1', BORDERLINE_TRUSTED_PROXIES: '10.0.0.0/8' }, async (app) =>
      expect(await counted(app)).toEqual([200, 429, 429]),
    ));
});

describe('streams', () => {
  let app: Application;
  const open: AbortController[] = [];
  beforeAll(async () => {
    app = await application([], {
      BORDERLINE_CLIENT_STREAM_LIMIT: '2',
      BORDERLINE_STREAM_LIMIT: '5',
      BORDERLINE_KEY: KEY,
    });
    await app.log.append([newEvent('crossing-a')]);
  });
  afterAll(async () => {
    for (const stream of open) stream.abort();
    await app.stop();
  });

  const stream = async (headers: Record<string, string> = {}): Promise<Response> => {
    const abort = new AbortController();
    open.push(abort);
    return fetch(`${app.url}/v1/events/stream`, { headers, signal: abort.signal });
  };

  it('are counted for an address, for each key, and in all, with the time to retry', async () => {
    for (const headers of [{}, bearer(KEY)]) {
      for (let n = 0; n < 2; n += 1) expect((await stream(headers)).status).toBe(200);
      const refused = await stream(headers);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
      expect(await refused.json()).toMatchObject({ detail: 'A client may have 2 streams at the same time.' });
    }
    const readers = await Promise.all(['a', 'b'].map((name) => app.keys.create(name, ['read'])));
    const [first, second] = readers.map(({ key }) => bearer(key));
    expect((await stream(first)).status).toBe(200);
    const refused = await stream(second);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it('of a key end within a second after the key was revoked, and other streams do not', async () => {
    for (const abort of open.splice(0)) abort.abort();
    const [gone, kept] = await Promise.all(['gone', 'kept'].map((name) => app.keys.create(name, ['read'])));
    let endOfGone = false;
    const heard = async (answer: Response, until: string): Promise<boolean> => {
      for await (const { event } of messages(answer)) if (event === until) return true;
      return false;
    };
    const ofKept = heard(await stream(bearer(kept!.key)), 'crossing.reopened');
    const ofGone = heard(await stream(bearer(gone!.key)), 'never').then((heardIt) => (endOfGone = !heardIt));
    await app.keys.revoke(gone!.record.id);
    await ofGone;
    expect(endOfGone).toBe(true);
    await app.log.append([newEvent('crossing-a', 'crossing.reopened')]);
    expect(await ofKept).toBe(true);
  });
});

describe('the last use of a key', () => {
  it('is saved when the server stops', async () => {
    const app = await application([], { BORDERLINE_READ: 'key' });
    const used = await app.keys.create('used', ['read']);
    const idle = await app.keys.create('idle', ['read']);
    expect((await ask(`${app.url}/v1/crossings`, bearer(used.key))).status).toBe(200);
    let saved: Map<string, number> | undefined;
    const { use } = app.keys;
    const save = use.save.bind(use);
    use.save = async () => {
      await save();
      saved = use.read();
    };
    await app.stop();
    expect(saved).toEqual(new Map([[used.record.id, Date.UTC(2025, 10, 10, 12)]]));
    expect(saved?.has(idle.record.id)).toBe(false);
  });
});
