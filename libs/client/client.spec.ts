import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lastValueFrom, take, toArray } from 'rxjs';
import { Client } from './client.js';
import { ResetError, type StreamMessage } from './message-stream.js';
import { ConnectionError, ProblemError } from './problem-error.js';
import { observed } from './rxjs.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let client: Client;
/** The next answers, in order. The last answer is repeated. */
let answers: Answer[] = [];
let asked: IncomingMessage[] = [];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer!(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  client = new Client({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, key: 'mine' });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const json =
  (status: number, value: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value));

const event = (n: number, type = 'crossing.closed'): string =>
  `id: ${n}-0a0b0c0d\nevent: ${type}\ndata: {"sequence":${n},"note":"ą"}\n\n`;
const caughtUp = (n: number): string => `id: ${n}-0a0b0c0d\nevent: caught-up\ndata: {"sequence":${n}}\n\n`;

/** An answer of Server-Sent Events in these pieces, after which the connection ends, breaks or stays open. */
const sse =
  (pieces: readonly (string | Uint8Array)[], end: 'end' | 'break' | 'stay' = 'end'): Answer =>
  async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === 'end') response.end();
    else if (end === 'break') response.destroy();
  };

const shown = <T>(message: StreamMessage<T>): string =>
  message.kind === 'waiting'
    ? `waiting: ${message.error.message}`
    : `${message.kind} ${parseInt(message.id)}`;

describe('a question', () => {
  it('is sent with its address filled and escaped, with its parameters and with the key', async () => {
    answers = [json(200, { id: 'x' })];
    const path = { id: 'lt-by/medininkai ?' };
    expect(await client.get('/v1/crossings/{id}', { path, query: { asOf: '2025-11-05' } })).toEqual({
      id: 'x',
    });
    expect(asked[0]?.url).toBe('/v1/crossings/lt-by%2Fmedininkai%20%3F?asOf=2025-11-05');
    expect(asked[0]?.headers.authorization).toBe('Bearer mine');
    const { url } = client;
    await new Client({ url, key: async () => 'renewed' }).text('/v1/audit/key', {
      a: ['b', 'c'],
      d: undefined,
      e: 1,
    });
    expect([asked[1]?.url, asked[1]?.headers.authorization]).toEqual([
      '/v1/audit/key?a=b%2Cc&e=1',
      'Bearer renewed',
    ]);
  });

  it('that is refused throws the problem, with its code and its faults', async () => {
    const problem = {
      type: '/problems/invalid-parameter',
      title: 'A parameter cannot be used',
      detail: 'asOf: There is no such day.',
      errors: [{ parameter: 'asOf', detail: 'There is no such day.' }, 'nonsense', { pointer: 3 }],
    };
    answers = [json(400, problem)];
    const error = await client.get('/v1/crossings').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      status: 400,
      code: 'invalid-parameter',
      message: 'asOf: There is no such day.',
      errors: [{ parameter: 'asOf', detail: 'There is no such day.' }],
    });
    answers = [(_, response) => void response.writeHead(502).end('<html>')];
    await expect(client.get('/v1/crossings')).rejects.toMatchObject({
      status: 502,
      message: 'the server answered 502',
    });
  });

  it('is sent again where the server is busy, as often as the client allows', async () => {
    answers = [json(503, {}, { 'retry-after': '1' }), json(429, {}), json(200, { items: [] })];
    expect(await client.get('/v1/crossings')).toEqual({ items: [] });
    answers = [json(503, {})];
    const eager = new Client({ url: client.url, retries: 0 });
    await expect(eager.get('/v1/crossings')).rejects.toMatchObject({ status: 503 });
    expect(asked.length).toBe(4);
  });

  it('to a server that is not there, or that closes the connection early, is a ConnectionError', async () => {
    await expect(new Client({ url: 'http://127.0.0.1:1' }).get('/v1/crossings')).rejects.toThrow(
      'http://127.0.0.1:1 cannot be reached: ',
    );
    answers = [
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"items":');
        setTimeout(() => response.destroy(), 50);
      },
    ];
    await expect(client.get('/v1/crossings')).rejects.toBeInstanceOf(ConnectionError);
  });

  it('ends with its signal', async () => {
    answers = [() => undefined];
    const abort = new AbortController();
    const asking = client.get('/v1/crossings', { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('sends a value or a text as JSON', async () => {
    const bodies: string[] = [];
    answers = [
      (request, response) => {
        let body = '';
        request
          .on('data', (part) => (body += String(part)))
          .on('end', () => {
            bodies.push(body);
            json(201, { events: [] })(request, response);
          });
      },
    ];
    await client.post('/v1/developments', { json: '{"a":1.0}' });
    await client.post('/v1/audit/receipts/verify', { body: { receipt: 'x' } });
    expect(bodies).toEqual(['{"a":1.0}', '{"receipt":"x"}']);
  });

  it('for lines gives each as it arrives, and throws where they end early', async () => {
    const read = async (): Promise<unknown[]> => {
      const lines: unknown[] = [];
      for await (const line of client.lines('/v1/events')) lines.push(line);
      return lines;
    };
    answers = [sse(['{"a":', '1}\n{"a"', ':"', new Uint8Array([0xc4]), new Uint8Array([0x85]), '"}\n'])];
    expect(await read()).toEqual([{ a: 1 }, { a: 'ą' }]);
    expect(asked[0]?.headers.accept).toBe('application/x-ndjson');
    answers = [sse(['{"a":1}\n{"a":'])];
    await expect(read()).rejects.toBeInstanceOf(ConnectionError);
    answers = [sse(['{"a":1}\n'], 'break')];
    await expect(read()).rejects.toBeInstanceOf(ConnectionError);
  });
});

describe('a stream', () => {
  it('resumes after a lost connection, and says so, without a gap or a repeat', async () => {
    answers = [
      sse(['retry: 1000\n\n', event(1), event(2).slice(0, 20)], 'break'),
      json(503, {}, { 'retry-after': '1' }),
      sse([event(2), ':\n\n', event(3), caughtUp(3)]),
      sse([event(4)], 'stay'),
    ];
    const seen: string[] = [];
    for await (const message of client.events({
      after: 'start',
      type: ['crossing.*'],
      claimant: 'lt.government',
    })) {
      seen.push(shown(message));
      if (seen.at(-1) === 'item 4') break;
    }
    expect(seen).toEqual([
      'item 1',
      'waiting: the connection broke',
      'waiting: the server answered 503',
      'item 2',
      'item 3',
      'caught-up 3',
      'waiting: the server has ended the stream',
      'item 4',
    ]);
    expect(asked[0]?.url).toBe('/v1/events/stream?after=start&type=crossing.*&claimant=lt.government');
    expect(asked.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      '1-0a0b0c0d',
      '1-0a0b0c0d',
      '3-0a0b0c0d',
    ]);
  });

  it('reads the same wherever it is divided', async () => {
    const whole = Buffer.from(`${event(7)}:\r\n\r\n${event(8).replaceAll('\n', '\r\n')}${caughtUp(8)}`);
    for (let cut = 1; cut < whole.length; cut += 7) {
      answers = [sse([whole.subarray(0, cut), whole.subarray(cut)])];
      const read: unknown[] = [];
      for await (const message of client.events({ reconnect: false })) {
        read.push(message.kind === 'item' ? message.value : shown(message));
      }
      expect(read).toEqual([{ sequence: 7, note: 'ą' }, { sequence: 8, note: 'ą' }, 'caught-up 8']);
    }
  });

  it('of a log that does not have the place throws an error with the origin of the log', async () => {
    const reset = 'retry: 60000\nid: \nevent: reset\ndata: {"head":3,"origin":"example.org/log"}\n\n';
    answers = [sse([event(9)]), sse([reset])];
    const stream = client.events({ after: 8 });
    const reading = (async () => {
      for await (const _ of stream);
    })();
    await expect(reading).rejects.toEqual(new ResetError('9-0a0b0c0d', 3, 'example.org/log'));
  });

  it('that is refused permanently throws immediately; so does a missing server, where the first connection must succeed', async () => {
    const read = async (stream: AsyncIterable<unknown>): Promise<void> => {
      for await (const _ of stream);
    };
    answers = [json(401, { type: '/problems/key-needed', detail: 'Send a valid key.' })];
    await expect(read(client.events())).rejects.toMatchObject({ code: 'key-needed' });
    expect(asked.length).toBe(1);
    const nowhere = new Client({ url: 'http://127.0.0.1:1' });
    await expect(read(nowhere.events({ failFirst: true }))).rejects.toBeInstanceOf(ConnectionError);
    await expect(read(nowhere.events({ reconnect: false }))).rejects.toBeInstanceOf(ConnectionError);
    const first = await nowhere.events()[Symbol.asyncIterator]().next();
    expect(first.value).toMatchObject({ kind: 'waiting', failures: 1 });
  });

  it('ends when its signal is aborted, and its connection is closed', async () => {
    let closed: () => void;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    answers = [
      (request, response) => {
        request.once('close', () => closed());
        void sse([event(1)], 'stay')(request, response);
      },
    ];
    const abort = new AbortController();
    for await (const message of client.events({ signal: abort.signal })) {
      expect(shown(message)).toBe('item 1');
      abort.abort();
    }
    await gone;
  });

  it('of changes is asked for by view, item, border and aspect', async () => {
    answers = [sse([caughtUp(1)])];
    for await (const message of client.changes({ view: ['crossings'], border: 'LT-BY', reconnect: false })) {
      expect(shown(message)).toBe('caught-up 1');
    }
    expect(asked[0]?.url).toBe('/v1/changes/stream?after=end&view=crossings&border=LT-BY');
  });

  it('of a replay is over when the server says so, also for a client that resumes after the end', async () => {
    answers = [
      sse([event(1, 'development')], 'break'),
      sse([event(2, 'change'), 'id: 9\nevent: end\ndata: {}\n\n']),
    ];
    const seen: string[] = [];
    for await (const message of client.replay({ axis: 'valid', speed: 'max' })) seen.push(shown(message));
    expect(seen).toEqual(['item 1', 'waiting: the connection broke', 'item 2']);
    expect(asked[0]?.url).toBe('/v1/replay?axis=valid&speed=max');
    answers = [(_, response) => void response.writeHead(204).end()];
    for await (const message of client.replay({ axis: 'valid' })) throw new Error(shown(message));
  });

  it('is an Observable too, which unsubscribing ends', async () => {
    let closed: () => void;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    answers = [
      sse([event(1)]),
      (request, response) => {
        request.once('close', () => closed());
        void sse([event(2), event(3)], 'stay')(request, response);
      },
    ];
    const some = observed(client.events()).pipe(take(3), toArray());
    expect((await lastValueFrom(some)).map(shown)).toEqual([
      'item 1',
      'waiting: the server has ended the stream',
      'item 2',
    ]);
    await gone;
    answers = [json(403, { detail: 'no' })];
    await expect(lastValueFrom(observed(client.events()))).rejects.toMatchObject({ status: 403 });
  });
});
