import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventTypes } from '#events';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '../../apps/server/json-body.js';
import { corpusServer, type CorpusServer } from '../questions/asked.js';
import { escaped, hostile, mutated, spoilt, wellFormed } from './hostile.js';
import { operationAt, operationsOf, type Operation } from './openapi.js';
import { expectSound, Sending, type Answered, type Sent } from './sending.js';
import { codePoint } from '../support/code-point.js';

/** The same seed makes the same requests every time. */
const SEED = 20251105;

let server: CorpusServer;
let sending: Sending;
let operations: readonly Operation[];
/** The number of events answered with 201 so far, without duplicates. */
let stored = 0;
const codes = new Set<string>();

beforeAll(async () => {
  server = await corpusServer(/^seed-|^subjects/);
  sending = new Sending(server.url);
  operations = await operationsOf(sending);
});
afterAll(async () => {
  sending.close();
  await server.stop();
});

const AUTHORIZED = { authorization: 'Bearer a-key-for-the-questions' };
const JSON_BODY = { ...AUTHORIZED, 'content-type': 'application/json' };

async function sendSoundly(sent: Sent): Promise<Answered> {
  const answered = await sending.send(sent);
  const code = expectSound(sent, answered);
  if (code !== undefined) codes.add(code);
  const told = code === undefined ? undefined : operationAt(operations, sent);
  // The document lists the problems that an operation may answer.
  if (told)
    expect([sent.method, told.path, told.problems]).toEqual([
      sent.method,
      told.path,
      expect.arrayContaining([code]),
    ]);
  if (answered.status === 201 && sent.path.startsWith('/v1/developments')) {
    const { events } = JSON.parse(answered.text) as { events: { duplicate?: true }[] };
    stored += events.filter(({ duplicate }) => !duplicate).length;
  }
  return answered;
}

/** Checks that the log has only the events that were answered with 201. */
async function expectNothingElseStored(): Promise<void> {
  const { parts } = await server.ask<{ parts: { log: { sequence: number } } }>('/health/ready');
  expect(parts.log.sequence).toBe(server.size + stored);
}

const fuzzed = (requests: fc.Arbitrary<Sent>, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(requests, async (sent) => {
      await sendSoundly(sent);
    }),
    { numRuns, seed: SEED },
  );

const IDS = [
  'lt-by.medininkai',
  'by.lt-trucks-2025',
  'kaliningrad.rail',
  '00000000-0000-7000-8000-000000000000',
];

/** Values that fit a parameter: its example, the values of its closed set, or small numbers. */
function soundOf(schema: Operation['query'][number]['schema'] = {}): readonly string[] {
  const { example, enum: closed, type } = schema;
  if (closed) return closed;
  if (example !== undefined) return [example];
  return type === 'integer' ? ['1', '2', '100'] : ['closed'];
}

/** An address of an operation. Each part is valid, hostile, or given twice; sometimes there is an unknown parameter. */
function addressOf({ path, query }: Operation): fc.Arbitrary<string> {
  const id = fc.oneof(fc.constantFrom(...IDS), escaped);
  const parameter = query.map(({ name, schema }) => {
    const sound = name.endsWith('atLeast') ? ['1'] : soundOf(schema);
    // A request waits for a sequence that is not recorded yet. One test below does this once, which is enough.
    const wrong = escaped.filter((value) => !(name.endsWith('atLeast') && /^\d+$/.test(value)));
    return fc
      .oneof(fc.constantFrom(...sound.map(encodeURIComponent)), wrong)
      .chain((value) =>
        fc.constantFrom(`${name}=${value}`, `${name}=${value}`, `${name}=${value}&${name}=${value}`, name),
      );
  });
  const unknown = fc.tuple(escaped, escaped).map(([name, value]) => `${name}=${value}`);
  return fc
    .tuple(id, fc.subarray(parameter, { maxLength: Math.min(3, parameter.length) }), fc.boolean())
    .chain(([part, some, more]) =>
      fc
        .tuple(...some, ...(more && some.length === 0 ? [unknown] : []))
        .map((pairs) => `${path.replace(/\{\w+\}/g, part)}${pairs.length > 0 ? '?' : ''}${pairs.join('&')}`),
    );
}

const header = hostile.map((text) => text.replace(/[^\x21-\x7e]/g, '').slice(0, 2000));

describe(`seed ${SEED}: every operation`, () => {
  it('is described', () => {
    expect(operations.length).toBeGreaterThan(40);
    expect(operations.filter(({ body }) => body)).toHaveLength(10);
  });

  it('answers hostile paths, parameters and headers soundly', async () => {
    const reads = operations.filter(({ body }) => !body);
    const request = fc.constantFrom(...reads).chain((operation) =>
      fc.record({
        method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
        path: addressOf(operation),
        headers: fc.record(
          {
            'if-none-match': header,
            accept: fc.oneof(
              header,
              fc.constantFrom(
                'application/x-ndjson',
                '*/*;q=0',
                'text/*, */*;q=0.1',
                CLOUDEVENT,
                CLOUDEVENTS_BATCH,
              ),
            ),
            'last-event-id': header,
            authorization: header.map((text) => `Bearer ${text}`),
            'accept-encoding': fc.oneof(header, fc.constantFrom('gzip;q=0.5, *;q=0', 'br', 'identity;q=0')),
            origin: header,
            traceparent: fc.oneof(header, fc.constant(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)),
            tracestate: header,
          },
          { requiredKeys: [] },
        ),
      }),
    );
    await fuzzed(request, 900);
    await expectNothingElseStored();
  });

  it('has no undocumented methods', async () => {
    for (const path of new Set(operations.map((operation) => operation.path))) {
      const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        if (allowed.includes(method) || (method === 'OPTIONS' && allowed.includes('OPTIONS'))) continue;
        const address = path.replace(/\{\w+\}/g, 'lt-by.medininkai');
        const { status, headers } = await sendSoundly({
          method,
          path: address,
          headers: JSON_BODY,
          body: '{}',
        });
        // `/v1/events/stream` and similar addresses are addresses of their own, and not ids.
        expect([path, method, status]).toEqual([path, method, 405]);
        expect(String(headers['allow']).split(', ')).toEqual(expect.arrayContaining(allowed));
      }
    }
    await expectNothingElseStored();
  });

  it('answers HEAD as GET, without the body', async () => {
    for (const { path, body } of operations) {
      if (body) continue;
      const address = path.replace(/\{\w+\}/g, 'lt-by.medininkai');
      const get = await sendSoundly({ method: 'GET', path: address });
      const head = await sendSoundly({ method: 'HEAD', path: address });
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  });
});

describe(`seed ${SEED}: a body`, () => {
  const target = '019a7036-5400-757e-ab1e-627a184c013e';
  const correction = { kind: 'amended', reason: 'So.', replacement: eventTypes[0]!.example };
  const CORRECTIONS = `/v1/developments/${target}/corrections`;
  const RETRACTIONS = `/v1/developments/${target}/retractions`;

  it('with anything wrong anywhere is refused soundly', async () => {
    const examples = eventTypes.map(({ example }): readonly [string, unknown] => [
      '/v1/developments',
      example,
    ]);
    const request = fc
      .constantFrom<readonly [string, unknown]>(
        ...examples,
        ['/v1/developments', { developments: [eventTypes[0]!.example, eventTypes[1]!.example] }],
        [
          '/v1/developments',
          { developments: [eventTypes[0]!.example], expectedRevision: { 'crossing-x': 0 } },
        ],
        ['/v1/developments?dryRun=true', eventTypes[3]!.example],
        [CORRECTIONS, correction],
        [RETRACTIONS, { kind: 'transcription', reason: 'So.' }],
      )
      .chain(([path, sound]) =>
        mutated(sound).map((body) => ({
          method: 'POST',
          path,
          headers: JSON_BODY,
          body: JSON.stringify(body) ?? '',
        })),
      );
    await fuzzed(request, 700);
    await expectNothingElseStored();
  });

  it('that is a CloudEvent or a batch of CloudEvents, with anything wrong anywhere, is answered soundly', async () => {
    const { example } = eventTypes[1]!;
    const event = {
      specversion: '1.0',
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      source: '//borderline.local/log',
      type: example.type,
      subject: 'lt-by.salcininkai',
      time: '2025-11-01T00:00:00Z',
      dataschema: 'http://localhost/schemas/crossing.closed/2',
      correlationid: 'x',
      data: example,
    };
    const request = fc
      .constantFrom<readonly [string, unknown]>([CLOUDEVENT, event], [CLOUDEVENTS_BATCH, [event, event]])
      .chain(([type, sound]) =>
        mutated(sound).map((body) => ({
          method: 'POST',
          path: '/v1/developments',
          headers: { ...JSON_BODY, 'content-type': type },
          body: JSON.stringify(body) ?? '',
        })),
      );
    await fuzzed(request, 300);
    await expectNothingElseStored();
  });

  it('that asks for a receipt, or contains a receipt, with anything wrong anywhere, is answered soundly', async () => {
    const RECEIPTS = '/v1/audit/receipts';
    const question = { path: '/v1/crossings', parameters: { asOf: '2025-11-05', border: 'LT-BY' } };
    const body = JSON.stringify(question);
    const issued = await sendSoundly({ method: 'POST', path: RECEIPTS, headers: JSON_BODY, body });
    expect(issued.status).toBe(200);
    const request = fc
      .constantFrom<readonly [string, unknown]>(
        [RECEIPTS, question],
        [RECEIPTS, { path: '/v1/detentions/by.lt-trucks-2025/timeline', parameters: { from: '2025-11-01' } }],
        [`${RECEIPTS}/verify`, JSON.parse(issued.text)],
      )
      .chain(([path, sound]) =>
        mutated(sound).map((wrong) => ({
          method: 'POST',
          path,
          headers: JSON_BODY,
          body: JSON.stringify(wrong) ?? '',
        })),
      );
    await fuzzed(request, 300);
    await expectNothingElseStored();
  });

  it('that registers or changes a webhook, with anything wrong anywhere, is answered soundly', async () => {
    const WEBHOOKS = '/v1/webhooks';
    // A host name that never has an address (RFC 6761 §6.4).
    const url = 'https://receiver.invalid/hook';
    const sound = { url, events: { type: ['crossing.*'], subject: 'lt-by.medininkai' }, after: 'start' };
    const body = JSON.stringify(sound);
    const made = await sendSoundly({ method: 'POST', path: WEBHOOKS, headers: JSON_BODY, body });
    expect(made.status).toBe(201);
    const path = `${WEBHOOKS}/${(JSON.parse(made.text) as { id: string }).id}`;
    const request = fc
      .constantFrom<readonly [string, string, unknown]>(
        ['POST', WEBHOOKS, sound],
        ['PATCH', path, { paused: true, url, description: 'a test' }],
        ['POST', `${path}/rotate`, { overlap: 60 }],
        ['POST', `${path}/redeliver`, { after: 'start' }],
        ['POST', `${path}/skip`, { message: 'x' }],
      )
      .chain(([method, address, body]) =>
        mutated(body).map((wrong) => ({
          method,
          path: address,
          headers: JSON_BODY,
          body: JSON.stringify(wrong) ?? '',
        })),
      );
    await fuzzed(request, 300);
    await expectNothingElseStored();
  });

  it('that a lenient reader would read differently is answered soundly at every address', async () => {
    const retraction = { kind: 'amended', reason: 'a test' };
    const example = eventTypes[0]!.example;
    const request = fc
      .constantFrom<readonly [string, unknown]>(
        ['/v1/developments', example],
        ['/v1/developments', { developments: [example, example], expectedRevision: {} }],
        ['/v1/developments?dryRun=true', example],
        [RETRACTIONS, retraction],
        [CORRECTIONS, { ...retraction, replacement: example }],
        ['/v1/audit/receipts', { path: '/v1/crossings', parameters: { asOf: '2025-11-05' } }],
        ['/v1/audit/receipts/verify', { receipt: 'x', answer: { a: { b: 1 } } }],
      )
      .chain(([path, sound]) =>
        fc.record({
          method: fc.constant('POST'),
          path: fc.constant(path),
          headers: fc.constantFrom(
            JSON_BODY,
            JSON_BODY,
            JSON_BODY,
            { ...JSON_BODY, 'content-encoding': 'gzip' },
            { ...JSON_BODY, 'content-type': 'application/json; charset=utf-16' },
          ),
          body: spoilt(JSON.stringify(sound)),
          chunked: fc.boolean(),
        }),
      );
    await fuzzed(request, 400);
    await expectNothingElseStored();
  });

  it('that is not JSON, or not declared as JSON, is refused soundly', async () => {
    const sound = JSON.stringify(eventTypes[0]!.example);
    const texts = fc.oneof(
      fc.nat({ max: sound.length - 1 }).map((length) => sound.slice(0, length)),
      fc
        .tuple(fc.nat({ max: sound.length }), fc.string({ minLength: 1, maxLength: 3 }))
        .map(([at, more]) => sound.slice(0, at) + more + sound.slice(at)),
      fc.string({ unit: codePoint }).map(wellFormed),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.constantFrom('', 'null', '[]', '""', '1', 'NaN', '{"a":1}{', '\ufeff{}', '{"__proto__":{"x":1}}'),
      fc.constantFrom('{"constructor":{"prototype":{"x":1}}}', '{"type":"\\ud800"}', '{"developments":{}}'),
    );
    const request = fc
      .record({
        path: fc.constantFrom('/v1/developments', '/v1/developments?dryRun=true', CORRECTIONS, RETRACTIONS),
        type: fc.constantFrom(
          'application/json',
          'application/json',
          'application/json; charset=utf-8',
          'text/plain',
          'application/xml',
          'multipart/form-data; boundary=x',
          'application/x-www-form-urlencoded',
          'x',
          '',
        ),
        body: texts,
        chunked: fc.boolean(),
      })
      .map(({ path, type, body, chunked }) => ({
        method: 'POST',
        path,
        headers: { ...AUTHORIZED, ...(type !== '' && { 'content-type': type }) },
        body,
        chunked,
      }));
    await fuzzed(request, 400);
    await expectNothingElseStored();
  });

  const refused = async (body: string | Buffer, more: Partial<Sent> = {}) => {
    const sent = { method: 'POST', path: '/v1/developments', headers: JSON_BODY, body, ...more };
    const { status, text } = await sendSoundly(sent);
    return [status, (JSON.parse(text) as { type: string }).type.slice('/problems/'.length)];
  };

  it('of 33 MiB is too large, with its length declared or not', async () => {
    const huge = Buffer.alloc(33 * 1024 * 1024, ' ');
    expect(await refused(huge)).toEqual([413, 'too-large']);
    expect(await refused(huge, { chunked: true })).toEqual([413, 'too-large']);
  });

  it('with 10,001 developments, or with a development of 70 KB, is too large', async () => {
    const many = JSON.stringify({ developments: Array.from({ length: 10_001 }, () => ({})) });
    expect(await refused(many)).toEqual([413, 'too-large']);
    const { data, ...example } = eventTypes[0]!.example;
    const long = JSON.stringify({ ...example, data: { ...data, summary: 'x'.repeat(70_000) } });
    expect((await refused(long))[0]).toBeGreaterThanOrEqual(413);
  });

  it.each(['[', '{"a":'])(
    'that nests %s a hundred, or a million, levels deep is malformed',
    async (opening) => {
      const closing = opening === '[' ? ']' : '}';
      for (const depth of [100, 1_000_000]) {
        const body = `${opening.repeat(depth)}1${closing.repeat(depth)}`;
        expect(await refused(body)).toEqual([400, 'malformed-body']);
      }
    },
  );

  it('with many faults is answered with each of them, up to a limit', async () => {
    const body = JSON.stringify({ developments: Array.from({ length: 5000 }, () => ({ type: 1 })) });
    const { status, text } = await sendSoundly({
      method: 'POST',
      path: '/v1/developments',
      headers: JSON_BODY,
      body,
    });
    expect([status, text.length < 1_000_000]).toEqual([422, true]);
  });

  it('without a key, or with a wrong key, is refused', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic YTpi', `Bearer ${'x'.repeat(8000)}`]) {
      const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
      expect(await refused('{}', { headers })).toEqual([401, 'key-needed']);
    }
  });
});

describe('at the end', () => {
  it('all stored events can be read: no view fails on an event', async () => {
    const { items } = await server.ask<{ items: { id: string }[] }>('/v1/events?order=desc&limit=1000');
    for (const { id } of items) await server.ask(`/v1/events/${id}`);
    const state = await server.ask<Record<string, { id: string }[]>>(
      `/v1/state?atLeast=${server.size + stored}`,
    );
    for (const [view, listed] of Object.entries(state)) {
      if (!Array.isArray(listed)) continue;
      for (const { id } of listed) await server.ask(`/v1/${view}/${encodeURIComponent(id)}/timeline`);
    }
    const { parts } = await server.ask<{ parts: object }>('/health/ready');
    expect(parts).toMatchObject({ views: { ready: true, parked: 0 } });
  });

  it('only events that were answered with 201 are stored, and every problem in an answer is documented', async () => {
    await expectNothingElseStored();
    expect(codes.size).toBeGreaterThanOrEqual(8);
    for (const code of codes) expect((await server.respond(`/problems/${code}`)).status).toBe(200);
    expect((await sendSoundly({ method: 'GET', path: '/v1/crossings?atLeast=999999' })).status).toBe(503);
  });
});
