import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { corpus } from '../questions/asked.js';
import { contentCodingFor } from '../../apps/server/reading/compression.js';
import { sendLines } from '../../apps/server/reading/ndjson.js';
import { application, type Application } from './application.js';

const KEY = 'a-key-of-the-settings';

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body exactly as it was sent over the wire. */
  readonly bytes: Buffer;
}

/** The numbers of listeners that a response had while it was sent. */
const listeners: number[] = [];

@Controller('probe')
class Probe {
  @Get('lines')
  lines(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return sendLines(request, reply, async (lines) => {
      const sent = lines.send('x'.repeat(10_000_000));
      await pause(50);
      listeners.push(reply.raw.listenerCount('close'));
      await sent;
    });
  }
}

let running: Application;
beforeAll(async () => {
  running = await application([Probe], { BORDERLINE_KEY: KEY });
  const developments = corpus();
  await fetch(`${running.url}/v1/developments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ developments }),
  });
  await ask(`/v1/state?atLeast=${developments.length}`);
  await ask('/v1/audit/checkpoint');
});
afterAll(() => running.stop());

/** Sends a request without `fetch`, which would decode the answer. */
function ask(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
  body = '',
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sending = request(running.url + path, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const { statusCode: status = 0, headers } = response;
      response.on('end', () =>
        resolve({ status, headers: headers as Raw['headers'], bytes: Buffer.concat(chunks) }),
      );
    });
    sending.on('error', reject).end(body);
  });
}

const decoded = ({ headers, bytes }: Raw): string => {
  const coding = headers['content-encoding'];
  return (
    coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes
  ).toString();
};

describe('the coding of an answer', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['GZIP;Q=1', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0, *;q=0', undefined],
    ['deflate, zstd', undefined],
    ['gzip;q=x', undefined],
    [',;=q;;', undefined],
  ])('follows Accept-Encoding: %j → %j', (header, coding) => {
    expect(contentCodingFor(header)).toBe(coding);
  });
});

describe('an answer of over 1 KB', () => {
  const LONG = [
    '/v1/crossings?asOf=2025-11-05',
    '/v1/state?asOf=2025-11-05',
    '/v1/events?limit=50',
    '/v1/explain?view=crossings&subject=lt-by.medininkai',
    '/openapi.json',
    '/docs/swagger-ui.css',
    '/problems',
    '/v1/audit/tile/entries/000',
  ];

  it.each(['gzip', 'br'])('is sent in %s where the client asks for it, with Vary', async (coding) => {
    for (const path of LONG) {
      const plain = await ask(path);
      const compressed = await ask(path, { 'accept-encoding': coding });
      expect([path, compressed.status, compressed.headers['content-encoding']]).toEqual([path, 200, coding]);
      expect(plain.headers).not.toHaveProperty('content-encoding');
      for (const { headers, bytes } of [plain, compressed]) {
        expect(headers.vary).toMatch(/accept-encoding/);
        expect(headers['content-length']).toBe(String(bytes.length));
      }
      expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 1.5);
      expect(decoded(compressed)).toBe(decoded(plain));
    }
  });

  it('is compressed also where it is a problem', async () => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${KEY}`,
      'accept-encoding': 'gzip',
    };
    const developments = Array.from({ length: 50 }, () => ({ type: 1, wrong: 2 }));
    const answered = await ask('/v1/developments', headers, 'POST', JSON.stringify({ developments }));
    expect([answered.status, answered.headers['content-encoding']]).toEqual([422, 'gzip']);
    expect(JSON.parse(decoded(answered))).toMatchObject({ type: '/problems/invalid-development' });
  });

  it('has one tag in all codings: a client that has the answer in one coding gets 304 in another', async () => {
    const tags = await Promise.all(
      ['identity', 'gzip', 'br'].map(async (coding) => {
        const { headers } = await ask('/v1/crossings?asOf=2025-11-05', { 'accept-encoding': coding });
        return headers.etag ?? '';
      }),
    );
    expect(new Set(tags).size).toBe(1);
    expect(tags[0]).toMatch(/^W\//);
    const headers = { 'if-none-match': tags[0] ?? '', 'accept-encoding': 'br' };
    const again = await ask('/v1/crossings?asOf=2025-11-05', headers);
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, tags[0]]);
    expect(again.headers).not.toHaveProperty('content-encoding');
    expect(again.headers.vary).toMatch(/accept-encoding/);
  });

  it('has the same head for HEAD as for GET', async () => {
    for (const path of [...LONG, '/v1/events?format=ndjson']) {
      for (const coding of ['identity', 'gzip', 'br']) {
        const [get, head] = await Promise.all(
          ['GET', 'HEAD'].map((method) => ask(path, { 'accept-encoding': coding }, method)),
        );
        expect([path, head?.bytes.length]).toEqual([path, 0]);
        const { 'x-request-id': _a, date: _b, 'transfer-encoding': _c, ...expected } = get!.headers;
        expect(head?.headers).toMatchObject(expected);
      }
    }
  });
});

describe('an answer that is sent uncompressed', () => {
  it.each([
    ['short', '/health/live'],
    ['an event stream', '/v1/events/stream?after=end'],
    ['hashes, which do not get shorter', '/v1/audit/tile/0/000'],
    ['an image', '/docs/favicon-32x32.png'],
  ])('is %s', async (_, path) => {
    const headers = await new Promise<object>((resolve, reject) => {
      request(running.url + path, { headers: { 'accept-encoding': 'gzip, br' } }, (response) => {
        resolve({ status: response.statusCode, ...response.headers });
        response.destroy();
      })
        .on('error', reject)
        .end();
    });
    expect(headers).toMatchObject({ status: 200 });
    expect(headers).not.toHaveProperty('content-encoding');
  });
});

describe('an answer of lines', () => {
  it.each(['gzip', 'br'])('is sent in %s, each piece when it is ready', async (coding) => {
    const path = '/v1/events?format=ndjson';
    const plain = await ask(path);
    const compressed = await ask(path, { 'accept-encoding': coding });
    expect(compressed.headers['content-encoding']).toBe(coding);
    expect(compressed.bytes.length).toBeLessThan(plain.bytes.length / 3);
    expect(decoded(compressed)).toBe(decoded(plain));
    expect(plain.headers.vary).toMatch(/accept-encoding/);
  });

  it('adds few listeners to a response: Node warns of more than ten', async () => {
    listeners.splice(0);
    for (const coding of ['gzip', 'br', 'identity']) await ask('/probe/lines', { 'accept-encoding': coding });
    expect(listeners).toHaveLength(3);
    for (const count of listeners) expect(count).toBeLessThan(10);
  });

  it('ends when its client disconnects in the middle', async () => {
    for (let n = 0; n < 20; n += 1) {
      await new Promise<void>((resolve, reject) => {
        request(`${running.url}/v1/audit/views`, { headers: { 'accept-encoding': 'br' } }, (response) => {
          response.once('data', () => {
            response.destroy();
            resolve();
          });
        })
          .on('error', reject)
          .end();
      });
    }
    expect((await ask('/health/live')).status).toBe(200);
  });
});
