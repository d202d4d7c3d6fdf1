import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { systemRuntime } from '#runtime';
import { application, newEvent, stoppedRuntime, type Application } from './application.js';
import { messages } from './sse.js';

const ISSUER = 'https://id.example.org';
const AUDIENCE = 'borderline';

interface Signer {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function signer(kid: string, alg = 'ES256'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

describe('a server that knows an issuer of tokens', () => {
  let issuer: Server;
  let running: Application;
  let first: Signer;
  /** The current answer of the issuer, and the number of requests to the issuer. */
  let published: { status: number; body: unknown };
  let fetches = 0;
  let now = stoppedRuntime.now();
  /** The clock for durations. Only the tests move it, so no time passes by it on a busy machine. */
  let later = 0;
  const runtime = { ...systemRuntime, now: () => now, elapsed: () => later };

  beforeAll(async () => {
    first = await signer('first');
    published = { status: 200, body: { keys: [first.jwk] } };
    issuer = createServer((_request, response) => {
      fetches += 1;
      response.writeHead(published.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(published.body));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => issuer.once('listening', resolve));
    const { port } = issuer.address() as AddressInfo;
    const given = {
      BORDERLINE_READ: 'key',
      BORDERLINE_FAILED_LIMIT: '0',
      BORDERLINE_JWKS: `http://127.0.0.1:${port}/keys`,
      BORDERLINE_JWT_ISSUER: ISSUER,
      BORDERLINE_JWT_AUDIENCE: AUDIENCE,
    };
    running = await application([], given, runtime);
    await running.log.append([newEvent('crossing-a')]);
  });
  afterAll(async () => {
    await running.stop();
    await new Promise((resolve) => issuer.close(resolve));
  });
  /** The clock moves so far that earlier fetches no longer delay a new fetch; their keys may stay in memory. */
  beforeEach(() => {
    later += 31_000;
    published = { status: 200, body: { keys: [first.jwk] } };
    fetches = 0;
  });

  const token = (claims: object = {}, by: Signer = first, header: object = {}): Promise<string> => {
    const seconds = Math.floor(now / 1_000);
    const usual = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'alice',
      scope: 'read openid',
      exp: seconds + 60,
      ...claims,
    };
    const given = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== undefined));
    return new SignJWT(given).setProtectedHeader({ alg: by.alg, kid: by.kid, ...header }).sign(by.privateKey);
  };
  const ask = (text: string, path = '/v1/crossings', init: RequestInit = {}): Promise<Response> =>
    fetch(`${running.url}${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${text}` },
    });
  const outcome = async (text: string, path?: string): Promise<readonly [number, string]> => {
    const response = await ask(text, path);
    const { type = '', detail = '' } = (await response.json()) as { type?: string; detail?: string };
    return [response.status, type === '' ? '' : `${type.replace('/problems/', '')}: ${detail}`];
  };

  it('accepts a token with the scope in the same way as a key', async () => {
    expect(await outcome(await token())).toEqual([200, '']);
    expect(await outcome(await token({ aud: ['another', AUDIENCE], scope: 'admin' }))).toEqual([200, '']);
    expect(await outcome(await token({ scope: 'audit' }), '/v1/events')).toEqual([200, '']);
    expect(await outcome(await token({ scope: 'audit' }))).toEqual([
      403,
      'scope-missing: The token of https://id.example.org#alice lacks the scope read.',
    ]);
    expect((await outcome(await token({ scope: undefined })))[0]).toBe(403);
    expect((await outcome(await token({ scope: ['read'] })))[0]).toBe(403);
  });

  it.each([
    ['expired', { exp: stoppedRuntime.now() / 1_000 - 10 }, 'The token has expired.'],
    ['without an end', { exp: undefined }, 'The claim exp of the token is missing or wrong.'],
    ['not yet begun', { nbf: stoppedRuntime.now() / 1_000 + 60 }, 'The claim nbf of the token is'],
    ['of another issuer', { iss: 'https://evil.example' }, 'The claim iss of the token is'],
    ['for another audience', { aud: 'elsewhere' }, 'The claim aud of the token is'],
    ['without a subject', { sub: undefined }, 'The claim sub of the token is'],
    [
      'of a subject with a control character',
      { sub: 'a\nb' },
      'The claim sub must be 1 to 255 characters, without control characters.',
    ],
  ])('refuses a token that is %s', async (_, claims, detail) => {
    const response = await ask(await token(claims));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="borderline", error="invalid_token"');
    expect(await response.json()).toMatchObject({
      type: '/problems/key-needed',
      detail: expect.stringContaining(detail),
    });
  });

  it('refuses a token that the issuer did not sign, with any signature algorithm', async () => {
    const other = await signer('first');
    const [head = '', body = '', signature = ''] = (await token()).split('.');
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const secret = new TextEncoder().encode(JSON.stringify(first.jwk));
    const symmetric = await new SignJWT({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'x',
      scope: 'admin',
      exp: now / 1_000 + 60,
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(secret);
    const forged = [
      await token({}, other),
      symmetric,
      `${encoded({ alg: 'none' })}.${body}.`,
      `${encoded({ alg: 'none', kid: 'first' })}.${body}.${signature}`,
      `${head}.${encoded({ iss: ISSUER, aud: AUDIENCE, sub: 'x', scope: 'admin', exp: 9e9 })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      `${head}.${body}`,
      'a.b.c',
    ];
    for (const text of forged) expect((await outcome(text))[0]).toBe(401);
  });

  it('fetches the keys once for a thousand tokens with an unknown key', async () => {
    const other = await signer('unknown');
    const text = await token({}, other);
    for (let n = 0; n < 1_000; n += 50) {
      const some = await Promise.all(Array.from({ length: 50 }, () => ask(text)));
      expect(new Set(some.map(({ status }) => status))).toEqual(new Set([401]));
      for (const { body } of some) await body?.cancel();
    }
    expect(fetches).toBe(1);
    expect(await outcome(await token())).toEqual([200, '']);
  });

  it('accepts the new key of the issuer, and no longer the withdrawn key', async () => {
    const second = await signer('second', 'RS256');
    const old = await token();
    expect(await outcome(old)).toEqual([200, '']);
    published.body = { keys: [second.jwk] };
    expect(await outcome(await token({}, second))).toEqual([200, '']);
    expect((await outcome(old))[0]).toBe(401);
  });

  it('answers 503 while the keys cannot be fetched, limits its attempts to fetch them, and recovers', async () => {
    // The wait is longer than the greatest age of a set of keys.
    later += 600_000;
    published.status = 500;
    const text = await token();
    const responses = await Promise.all(Array.from({ length: 20 }, () => ask(text)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([503]));
    expect(responses[0]?.headers.get('retry-after')).toBe('5');
    expect(await responses[0]?.json()).toMatchObject({
      type: '/problems/unavailable',
      detail: 'The server cannot fetch the keys of the issuer now, so it cannot verify tokens.',
    });
    expect((await ask(text)).status).toBe(503);
    expect(fetches).toBe(1);
    for (const body of [{ keys: 'none' }, 'x'.repeat(2_000_000), [], null]) {
      later += 5_000;
      published = { status: 200, body };
      expect((await ask(text)).status).toBe(503);
    }
    later += 5_000;
    published = { status: 200, body: { keys: [first.jwk] } };
    expect(await outcome(text)).toEqual([200, '']);
  });

  it('records the issuer and the subject with each event', async () => {
    const development = {
      type: 'crossing.closed',
      occurred: '2025-11-01',
      reportedAt: '2025-11-01',
      data: { crossing: 'lt-by.medininkai', side: 'LT', reason: 'an example', reopens: true },
      source: { publisher: 'Example', title: 'An example', publishedAt: '2025-11-01' },
      attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B2' },
    };
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(development),
    };
    const response = await ask(await token({ scope: 'report' }), '/v1/developments', init);
    const { events } = (await response.json()) as { events: { id: string }[] };
    const event = await ask(await token(), `/v1/events/${events[0]?.id}`);
    expect(await event.json()).toMatchObject({ recordedBy: 'https://id.example.org#alice' });
  });

  it('closes a stream within a second after the token has expired', async () => {
    const response = await ask(await token(), '/v1/events/stream');
    const seen: (string | undefined)[] = [];
    for await (const { event } of messages(response)) {
      seen.push(event);
      if (event === 'caught-up') now += 66_000;
    }
    expect(seen.filter((event) => event !== undefined)).toEqual(['caught-up']);
  });
});
