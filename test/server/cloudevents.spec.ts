import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CloudEvent, HTTP, type CloudEventV1 } from 'cloudevents';
import { corpus } from '../questions/asked.js';
import { application, type Application } from './application.js';
import { messages } from './sse.js';

type Json = Readonly<Record<string, unknown>>;

const ONE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON = 'application/x-ndjson';

const developments = corpus() as Json[];
let server: Application;
let key: string;

beforeAll(async () => {
  server = await application();
  key = (await server.keys.create('a test', ['report', 'edit'])).key;
  expect((await post({ developments }, 'application/json')).status).toBe(201);
});
afterAll(() => server.stop());

async function post(body: unknown, type: string, query = ''): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/v1/developments${query}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

const get = (path: string, accept?: string): Promise<Response> =>
  fetch(`${server.url}${path}`, accept === undefined ? {} : { headers: { accept } });

/** The events as the SDK reads them in strict mode. Throws where it refuses one. */
const strict = (events: readonly unknown[]): CloudEventV1<unknown>[] =>
  events.map((event) => new CloudEvent(event as CloudEventV1<unknown>, true));

async function allInBatches(): Promise<Json[]> {
  const all: Json[] = [];
  let path: string | undefined = '/v1/events?limit=150';
  while (path !== undefined) {
    const response: Response = await get(path, BATCH);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, BATCH]);
    const text = await response.text();
    const read = HTTP.toEvent({ headers: { 'content-type': BATCH }, body: text });
    expect(read).toHaveLength((JSON.parse(text) as Json[]).length);
    all.push(...(JSON.parse(text) as Json[]));
    path = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return all;
}

async function linesOf(path: string, accept?: string): Promise<Json[]> {
  const response = await get(path, accept);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, NDJSON]);
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
}

async function streamed(): Promise<Json[]> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/v1/events/stream?after=start&format=cloudevents`, {
    signal: abort.signal,
  });
  const read: Json[] = [];
  for await (const { event, data = '' } of messages(response)) {
    if (event === 'caught-up') break;
    if (event !== undefined) read.push(JSON.parse(data) as Json);
  }
  abort.abort();
  return read;
}

describe('every event of the corpus is a strict CloudEvent', () => {
  it('one by one, in a batch, as a line and as a message: the same by all four ways', async () => {
    const batch = await allInBatches();
    expect(strict(batch)).toHaveLength(developments.length);
    expect(await linesOf('/v1/events?format=cloudevents', NDJSON)).toEqual(batch);
    expect(await streamed()).toEqual(batch);
    for (const event of batch) {
      const response = await get(`/v1/events/${String(event['id'])}`, ONE);
      expect(response.headers.get('content-type')).toBe(ONE);
      const body = await response.text();
      expect(JSON.parse(body)).toEqual(event);
      HTTP.toEvent({ headers: { 'content-type': ONE }, body });
    }
  });

  it('with the documented attributes and extensions, and nothing else', async () => {
    const [first] = await linesOf('/v1/events?format=cloudevents&limit=1', NDJSON);
    const own = (await (await get(`/v1/events/${String(first?.['id'])}`)).json()) as Json;
    expect(first).toEqual({
      specversion: '1.0',
      id: own['id'],
      source: '//borderline.local/log',
      type: own['type'],
      subject: own['subject'],
      time: (own['reportedAt'] as Json)['latest'],
      datacontenttype: 'application/json',
      dataschema: `${server.url}/schemas/${String(own['type'])}/${String(own['schemaVersion'])}`,
      sequence: '0000000000000001',
      recordedtime: own['recordedAt'],
      data: expect.objectContaining({ id: own['id'], type: own['type'], data: own['data'] }),
    });
  });

  it('was public at its time or earlier, and recorded then or later', async () => {
    for (const { time, recordedtime } of await allInBatches())
      expect(String(time) <= String(recordedtime)).toBe(true);
  });

  it('and its data fit the schema at its address', async () => {
    const ajv = new Ajv2020({ strict: true });
    for (const { dataschema, data } of await allInBatches()) {
      const address = String(dataschema);
      if (!ajv.getSchema(address)) ajv.addSchema((await (await fetch(address)).json()) as object);
      expect([address, ajv.validate(address, data), ajv.errors]).toEqual([address, true, null]);
    }
  });

  it('and has the address of its schema at the server as the client addressed it', async () => {
    const { port } = new URL(server.url);
    const response = await fetch(`http://localhost:${port}/v1/events?limit=1&format=cloudevents`);
    const [event] = (await response.json()) as Json[];
    expect(event?.['dataschema']).toMatch(`http://localhost:${port}/schemas/`);
  });
});

describe('an answer in CloudEvents is accepted when it is sent back', () => {
  it('as a batch: all events are duplicates', async () => {
    const { status, body } = await post(await allInBatches(), BATCH);
    expect(status).toBe(201);
    const { events } = body as { events: { duplicate?: boolean }[] };
    expect(events.map(({ duplicate }) => duplicate)).toEqual(developments.map(() => true));
  });

  it('one by one, as the SDK sends it', async () => {
    const [event] = strict(await linesOf('/v1/events?format=cloudevents&limit=1', NDJSON));
    const { headers, body } = HTTP.structured(event!);
    const response = await fetch(`${server.url}/v1/developments`, {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), authorization: `Bearer ${key}` },
      body: String(body),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ events: [{ sequence: 1, duplicate: true }] });
  });
});

describe('the JSON Schemas', () => {
  it('are listed, and each is at its address', async () => {
    const { items } = (await (await get('/schemas')).json()) as { items: { schema: string }[] };
    expect(items.length).toBeGreaterThan(37);
    for (const { schema } of items) {
      const response = await fetch(schema);
      expect(response.headers.get('content-type')).toBe('application/schema+json');
      expect(await response.json()).toMatchObject({ $id: schema });
    }
  });

  it.each(['crossing.closed/3', 'crossing.closed/0', 'nonesuch/1', 'constructor/1', 'crossing.closed/1e0'])(
    'are not available for %s',
    async (name) => {
      expect((await get(`/schemas/${name}`)).status).toBe(404);
    },
  );
});

describe('a CloudEvent that is sent', () => {
  const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
  const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';
  const data = {
    type: 'crossing.closed',
    occurred: '2025-11-01',
    reportedAt: '2025-11-01',
    data: { crossing: 'lt-by.medininkai' },
    source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-01' },
    attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
  };
  const event = { specversion: '1.0', id: ID, source: '/a/test', type: 'crossing.closed', data };

  it('gives the development its id and its correlation id where it has none', async () => {
    const { status, body } = await post({ ...event, correlationid: 'a case', partitionkey: 'x' }, ONE);
    expect([status, body]).toMatchObject([201, { events: [{ id: ID }] }]);
    expect(await (await get(`/v1/events/${ID}`)).json()).toMatchObject({ correlationId: 'a case' });
    expect(await (await get(`/v1/events/${ID}`, ONE)).json()).toMatchObject({ correlationid: 'a case' });
  });

  const faultsOf = async (sent: unknown, type = ONE): Promise<string[]> => {
    const { status, body } = await post(sent, type, '?dryRun=true');
    expect(status).toBe(422);
    return (body['errors'] as { pointer: string; detail: string }[]).map((e) => `${e.pointer} ${e.detail}`);
  };

  it('is not read after a hundred faults of its list', async () => {
    const wrong = { ...event, specversion: '2', Source: 1 };
    const faults = await faultsOf(Array(5_000).fill(wrong), BATCH);
    // The faults of the developments come after the faults of the list: none of its developments after the fiftieth was looked at.
    expect(faults.slice(0, 100).at(-1)).toMatch(/^\/49\//);
    expect(faults.slice(100)).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['an id that differs from its data', { data: { ...data, id: OTHER } }, ['/id is not the id of `data`']],
    ['an id that a development cannot have', { id: 'a-1' }, ['/id must be a UUID, as `data` has no id']],
    ['a type that differs from its data', { type: 'crossing.reopened' }, ['/type is not the type of `data`']],
    [
      'a subject that differs from its data',
      { subject: 'lt-by.raigardas' },
      ['/subject is not the subject of the development: lt-by.medininkai, or crossing-lt-by.medininkai'],
    ],
    [
      'a correlation id that differs from its data',
      { correlationid: 'a', data: { ...data, correlationId: 'b' } },
      ['/correlationid is not the correlationId of `data`'],
    ],
    [
      'the schema of another type',
      { dataschema: 'https://a.test/schemas/crossing.reopened/1' },
      ['/dataschema is not the schema of the type of `data`'],
    ],
    [
      'the schema of another version',
      { dataschema: 'https://a.test/schemas/crossing.closed/1' },
      ['/dataschema is not the schema of version 2, which `data` has'],
    ],
  ])('with %s is refused', async (_, changed, faults) => {
    expect(await faultsOf({ ...event, ...changed })).toEqual(faults);
  });

  it('may have the schema of another origin, its stream as subject, and its id in capital letters', async () => {
    const changed = {
      id: OTHER.toUpperCase(),
      subject: 'crossing-lt-by.medininkai',
      dataschema: 'https://a.test/x',
      time: '2025-11-01T08:00:00.123456+02:00',
      causationid: null,
    };
    const { status } = await post(
      { ...event, ...changed, data: { ...data, id: OTHER } },
      ONE,
      '?dryRun=true',
    );
    expect(status).toBe(200);
  });

  it('is answered with every fault together, of its attributes and of the development', async () => {
    const { source: _, ...rest } = event;
    const sent = {
      ...rest,
      specversion: '0.3',
      time: 'yesterday',
      constructor: {},
      recordedAt: 'x',
      data_base64: 'e30=',
      data: { ...data, data: { crossing: 5 } },
    };
    expect((await faultsOf(sent)).map((fault) => fault.split(' ')[0])).toEqual([
      '/specversion',
      '/time',
      '/constructor',
      '/recordedAt',
      '/data_base64',
      '/source',
      '/data/data/crossing',
    ]);
    expect((await faultsOf([event, sent], BATCH)).map((fault) => fault.split(' ')[0])).toContain(
      '/1/data/data/crossing',
    );
  });

  it('without data, or with data that are not JSON, is refused', async () => {
    const { data: _, ...without } = event;
    expect(await faultsOf(without)).toEqual(['/data must be an object']);
    expect(await faultsOf({ ...event, data: 'text' })).toEqual(['/data must be an object']);
    expect(await faultsOf({ ...event, datacontenttype: 'text/xml' })).toEqual([
      '/datacontenttype must be application/json',
    ]);
  });

  it.each<[unknown, string, number]>([
    [[], BATCH, 422],
    [event, BATCH, 400],
    [[event], ONE, 400],
    [Array(10_001).fill(event), BATCH, 413],
  ])('in the wrong body is refused (%#)', async (body, type, expected) => {
    expect((await post(body, type)).status).toBe(expected);
  });

  it('is refused at addresses that accept no development', async () => {
    const response = await fetch(`${server.url}/v1/developments/${ID}/retractions`, {
      method: 'POST',
      headers: { 'content-type': ONE, authorization: `Bearer ${key}` },
      body: JSON.stringify(event),
    });
    expect([response.status, response.headers.get('accept')]).toEqual([415, 'application/json']);
  });
});
