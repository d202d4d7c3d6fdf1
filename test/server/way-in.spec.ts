import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '../../apps/server/json-body.js';
import { application, type Application } from './application.js';

const idOf = (n: number): string => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;

const envelope = {
  reportedAt: '2025-11-01',
  source: { publisher: 'A test', title: 'A test', publishedAt: '2025-11-01' },
  attribution: { claimant: 'a.test', standing: 'act', reliability: 'A1' },
};
const closure = (n: number, more: object = {}): object => ({
  ...envelope,
  id: idOf(n),
  type: 'crossing.closed',
  occurred: '2025-11-01T00:00',
  data: { crossing: 'xx-yy.way-in' },
  ...more,
});
const retraction = (n: number, target: string): object => ({
  ...envelope,
  id: idOf(n),
  type: 'record.retracted',
  data: { target, kind: 'amended', reason: 'a test' },
});

interface Fault {
  readonly pointer?: string;
  readonly detail: string;
}
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly errors: readonly Fault[];
}
type Key = 'editor' | 'reporter' | 'none';

let running: Application;
const keys = { editor: '', reporter: '', none: '' };

beforeAll(async () => {
  running = await application([], { BORDERLINE_READ: 'key' });
  keys.editor = (await running.keys.create('editor', ['report', 'edit', 'read'])).key;
  keys.reporter = (await running.keys.create('reporter', ['report'])).key;
});
afterAll(() => running.stop());

async function post(
  path: string,
  sent: string | Uint8Array | object,
  headers: Readonly<Record<string, string>> = {},
  by: Key = 'editor',
): Promise<Answer> {
  const body = typeof sent === 'string' || sent instanceof Uint8Array ? sent : JSON.stringify(sent);
  const response = await fetch(`${running.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(by !== 'none' && { authorization: `Bearer ${keys[by]}` }),
      ...headers,
    },
    body,
  });
  const text = await response.text();
  const answer = JSON.parse(text) as Answer['body'];
  return {
    status: response.status,
    headers: response.headers,
    bytes: text.length,
    body: answer,
    errors: (answer['errors'] ?? []) as Fault[],
  };
}

const head = async (): Promise<number> => (await running.log.head()).sequence;
const get = (path: string): Promise<Response> =>
  fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${keys.editor}` } });
const many = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`member${n}`, n]));

const DEVELOPMENTS = '/v1/developments';
const RECEIPTS = '/v1/audit/receipts';

/** Every address that accepts a body. */
const bodies = (): readonly [string, object][] => [
  [DEVELOPMENTS, closure(1)],
  [`${DEVELOPMENTS}?dryRun=true`, closure(1)],
  [`${DEVELOPMENTS}/${idOf(1)}/retractions`, { kind: 'amended', reason: 'a test' }],
  [`${DEVELOPMENTS}/${idOf(1)}/corrections`, { kind: 'amended', reason: 'a test', replacement: {} }],
  [RECEIPTS, { path: '/v1/state' }],
  [`${RECEIPTS}/verify`, { receipt: 'x' }],
];

describe('every body', () => {
  it.each([
    ['a byte that UTF-8 does not have', [0xff]],
    ['half a character', [0xf0, 0x9f, 0x98]],
    ['a character in too many bytes', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['Latin-1', [0xe9]],
  ])('with %s is malformed, and nothing is stored', async (_, bytes) => {
    const before = await head();
    for (const [path, sound] of bodies()) {
      const [start = '', end = ''] = JSON.stringify({ ...sound, correlationId: '#' }).split('#');
      const body = Buffer.concat([Buffer.from(start), Buffer.from(bytes), Buffer.from(end)]);
      expect([path, (await post(path, body)).body]).toMatchObject([
        path,
        { type: '/problems/malformed-body' },
      ]);
    }
    expect(await head()).toBe(before);
  });

  it('that is a list is refused before it is read', async () => {
    for (const [path] of bodies()) {
      const body = Buffer.concat([Buffer.from('[{"a":1},'), Buffer.from([0xff])]);
      const { status, body: answer } = await post(path, body);
      expect([path, status, answer['detail']]).toEqual([
        path,
        400,
        'The body is a list, but must be an object.',
      ]);
    }
  });

  it('with very many values is refused before it is parsed', async () => {
    for (const [path] of bodies()) {
      const { status, body: answer } = await post(path, `{"x":[${'{},'.repeat(600_000)}`);
      const most = path.includes('receipts') ? 100_000 : 1_000_000;
      expect([path, status, answer['type'], answer['detail']]).toEqual([
        path,
        422,
        '/problems/too-many-members',
        `The body has more than ${most} values.`,
      ]);
    }
  });

  it('with a member twice is malformed, and the member is named', async () => {
    const before = await head();
    for (const [path, sound] of bodies()) {
      for (const twin of ['"twin"', '"tw\\u0069n"', '"__proto__"']) {
        const text = JSON.stringify(sound).replace('{', `{"twin":1,"__proto__":1,${twin}:2,`);
        const { status, errors } = await post(path, text);
        expect([path, status]).toEqual([path, 400]);
        expect(errors.map(({ pointer }) => pointer)).toEqual([
          twin.includes('proto') ? '/__proto__' : '/twin',
        ]);
      }
    }
    expect(await head()).toBe(before);
  });

  it.each(['9007199254740993', '1e400', '0.30000000000000000001'])(
    'with a number that would be stored as another number, %s, is refused, and the number is named',
    async (number) => {
      for (const [path, sound] of bodies()) {
        const text = JSON.stringify(sound).replace('{', `{"number":[${number}],`);
        const { status, body, errors } = await post(path, text);
        expect([path, status, body['type']]).toEqual([path, 422, '/problems/inexact-value']);
        expect(errors.map(({ pointer }) => pointer)).toEqual(['/number/0']);
      }
    },
  );

  it.each([
    [{ 'content-encoding': 'gzip' }, 'accept-encoding', 'identity'],
    [{ 'content-encoding': 'br' }, 'accept-encoding', 'identity'],
    [{ 'content-type': 'application/json; charset=iso-8859-1' }, 'accept', 'application/json'],
    [{ 'content-type': 'application/json;charset="utf-16"' }, 'accept', 'application/json'],
    [{ 'content-type': 'text/plain' }, 'accept', 'application/json'],
    [{ 'content-type': 'application/problem+json' }, 'accept', 'application/json'],
    [{ 'content-type': 'nonsense' }, 'accept', 'application/json'],
  ])('of the type %j is refused, with the accepted types', async (headers, name, value) => {
    for (const [path, sound] of bodies()) {
      const { status, headers: answered } = await post(path, sound, headers);
      const records = path.split('?')[0] === DEVELOPMENTS;
      const taken = name === 'accept' && records ? `${value}, ${CLOUDEVENT}, ${CLOUDEVENTS_BATCH}` : value;
      expect([path, status, answered.get(name)]).toEqual([path, 415, taken]);
    }
  });

  it.each([
    { 'content-encoding': 'identity' },
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'Application/JSON;charset="UTF-8"' },
  ])('may have the type %j', async (headers) => {
    expect((await post(`${DEVELOPMENTS}?dryRun=true`, closure(2), headers)).status).toBe(200);
  });

  it('with more members than any development has is refused before it is parsed, in a short answer', async () => {
    for (const [path, sound] of bodies()) {
      for (const count of [5_000, 20_000]) {
        const { status, bytes } = await post(path, { ...sound, ...many(count) });
        expect([path, count, status, bytes < 30_000]).toEqual([path, count, 422, true]);
      }
    }
    const long = { [`x${'y'.repeat(100_000)}`]: 1, [`z${'y'.repeat(100_000)}`]: 1 };
    for (const [path, sound] of bodies()) {
      expect((await post(path, { ...sound, ...long })).bytes).toBeLessThan(3_000);
    }
  });

  it('may have members of any name, which are distinguished from known members', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const text = JSON.stringify(closure(3)).replace('{', `{"${name}":{"prototype":1},`);
      const { status, errors } = await post(DEVELOPMENTS, text);
      expect([status, errors[0]?.pointer]).toEqual([422, `/${name}`]);
      expect(errors[0]?.detail).toMatch(/^is not a member here/);
    }
  });
});

describe('a long body', () => {
  const turnsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = running.log.turns.count;
    await work();
    return running.log.turns.count - before;
  };

  it('is parsed in turns with other long work, a short one in one piece', async () => {
    const refused = (developments: number): object => ({ developments: Array(developments).fill({}), x: 1 });
    for (const path of [DEVELOPMENTS, `${DEVELOPMENTS}/${idOf(1)}/corrections`]) {
      expect(await turnsOf(() => post(path, refused(10_000)))).toBe(0);
      expect(await turnsOf(() => post(path, refused(200_000)))).toBeGreaterThan(0);
    }
  });

  it('is recorded as it was sent, with its faults at their places', async () => {
    const some = Array.from({ length: 400 }, (_, n) =>
      closure(5_000 + n, { data: { crossing: 'xx-yy.long', reason: 'ė, "[{'.repeat(15) } }),
    );
    const body = JSON.stringify({ developments: some });
    expect(body.length).toBeGreaterThan(100_000);
    expect((await post(DEVELOPMENTS, body)).status).toBe(201);
    const recorded = (await (await get(`/v1/events/${idOf(5_399)}`)).json()) as { data: object };
    expect(recorded.data).toEqual({ crossing: 'xx-yy.long', reason: 'ė, "[{'.repeat(15) });
    const last = body.lastIndexOf('"reason"');
    const twice = `${body.slice(0, last)}"reason":"",${body.slice(last)}`;
    expect(await post(DEVELOPMENTS, twice)).toMatchObject({
      status: 400,
      errors: [{ pointer: '/developments/399/data/reason', detail: 'is there twice' }],
    });
  });

  it('may have only so many values in one development, and the development is named', async () => {
    const developments = [closure(1), closure(2, { data: { list: Array(10_001).fill(0) } })];
    const { status, body, errors } = await post(DEVELOPMENTS, { developments });
    expect([status, body['type'], errors]).toEqual([
      422,
      '/problems/invalid-development',
      [{ pointer: '/developments/1', detail: 'has more than 10000 values' }],
    ]);
    const replacement = { data: Object.fromEntries([1, 2, 3, 4].map((n) => [n, many(3_000)])) };
    const correction = { kind: 'amended', reason: 'a test', replacement };
    expect((await post(`${DEVELOPMENTS}/${idOf(5_000)}/corrections`, correction)).errors).toEqual([
      { pointer: '', detail: 'has more than 10000 values' },
    ]);
  });
});

describe('a request without the right key', () => {
  it('is refused before its body and its type are checked', async () => {
    for (const headers of [{}, { 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }]) {
      expect((await post(DEVELOPMENTS, 'nonsense', headers, 'none')).status).toBe(401);
      const path = `${DEVELOPMENTS}/${idOf(1)}/retractions`;
      expect((await post(path, 'nonsense', headers, 'reporter')).status).toBe(403);
    }
  });

  it('is refused although its body never ends', async () => {
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${running.url}${DEVELOPMENTS}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '1000' },
      });
      sending.on('error', reject).on('response', ({ statusCode }) => {
        resolve(statusCode);
        sending.destroy();
      });
      sending.write('{');
    });
    expect(await answered).toBe(401);
  });

  it.each([
    ['Basic YTpi', 'Bearer realm="borderline"'],
    ['Digest x', 'Bearer realm="borderline"'],
    ['Bearer wrong', 'Bearer realm="borderline", error="invalid_token"'],
  ])('that sends %s is answered with %s', async (authorization, expected) => {
    const { status, headers } = await post(DEVELOPMENTS, closure(4), { authorization }, 'none');
    expect([status, headers.get('www-authenticate')]).toEqual([401, expected]);
  });
});

describe('a key that may report but not read', () => {
  beforeAll(async () => {
    expect((await post(DEVELOPMENTS, closure(10))).status).toBe(201);
  });
  const dryRun = (body: object, by: Key): Promise<Answer> =>
    post(`${DEVELOPMENTS}?dryRun=true&asOf=2025-11-02`, body, {}, by);

  it('gets no changes from a dry run', async () => {
    const other = closure(11, {
      data: { crossing: 'xx-yy.way-in', reason: 'another' },
      occurred: '2025-11-02',
    });
    expect((await dryRun(other, 'editor')).body).toHaveProperty('changes');
    const { status, body } = await dryRun(other, 'reporter');
    expect([status, Object.keys(body)]).toEqual([200, ['dryRun', 'developments', 'warnings']]);
  });

  it('does not get the revision of a stream', async () => {
    const body = { developments: [closure(12)], expectedRevision: { 'crossing-xx-yy.way-in': 77 } };
    for (const path of [DEVELOPMENTS, `${DEVELOPMENTS}?dryRun=true`]) {
      const detailTo = async (by: Key): Promise<unknown> => (await post(path, body, {}, by)).body['detail'];
      expect(await detailTo('editor')).toMatch(/at revision 0, not at 77/);
      expect(await detailTo('reporter')).toBe('A stream is not at the expected revision.');
    }
  });
});

describe('an id in capitals', () => {
  it('is the same event, in every place', async () => {
    const id = idOf(0xabc).replace('bcce', 'bcce');
    const capitals = id.toUpperCase();
    expect((await post(DEVELOPMENTS, closure(0, { id: capitals }))).status).toBe(201);
    expect((await post(DEVELOPMENTS, closure(0, { id }))).body).toMatchObject({
      events: [{ id, duplicate: true }],
    });
    for (const path of [`/v1/events/${capitals}`, `/v1/audit/proofs/inclusion/${capitals}`]) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
    expect((await post(DEVELOPMENTS, retraction(21, capitals))).status).toBe(201);
    expect((await post(DEVELOPMENTS, retraction(21, id))).body).toMatchObject({
      events: [{ duplicate: true }],
    });
    const again = { id: idOf(22).toUpperCase(), kind: 'amended', reason: 'a test' };
    expect((await post(`${DEVELOPMENTS}/${capitals}/retractions`, again)).status).toBe(201);
    const event = (await (await get(`/v1/events/${id}`)).json()) as { corrections: { id: string }[] };
    expect(event.corrections.map((correction) => correction.id).sort()).toEqual([idOf(21), idOf(22)]);
  });
});

describe('a correction', () => {
  const refused = { status: 422, errors: [{ pointer: '/data/target' }] };

  it('of itself is refused', async () => {
    expect(await post(DEVELOPMENTS, retraction(30, idOf(30)))).toMatchObject(refused);
  });

  it('of its own correction is refused, in one batch or later', async () => {
    const developments = [retraction(31, idOf(32)), retraction(32, idOf(31))];
    expect(await post(DEVELOPMENTS, { developments })).toMatchObject({ status: 422 });
    expect((await post(DEVELOPMENTS, retraction(33, idOf(34)))).status).toBe(201);
    expect(await post(DEVELOPMENTS, retraction(34, idOf(33)))).toMatchObject(refused);
  });

  it('is refused only where it nests deeper than the views follow', async () => {
    expect((await post(DEVELOPMENTS, closure(1000))).status).toBe(201);
    const chain = Array.from({ length: 100 }, (_, n) => retraction(1001 + n, idOf(1000 + n)));
    expect((await post(DEVELOPMENTS, { developments: chain })).status).toBe(201);
    expect((await post(DEVELOPMENTS, retraction(1101, idOf(1100)))).status).toBe(201);
    expect(await post(DEVELOPMENTS, retraction(1102, idOf(1101)))).toMatchObject({
      status: 422,
      errors: [{ pointer: '/data/target', detail: 'nests more than 100 corrections deep' }],
    });
    const { sequence } = await running.log.head();
    expect((await get(`/v1/state?atLeast=${sequence}`)).status).toBe(200);
    const ready = (await (await get('/health/ready')).json()) as { parts: { views: object } };
    expect(ready.parts.views).toMatchObject({ parked: 0 });
  });
});

describe('a chain of corrections that was sent from its end', () => {
  it('counts down to the greatest depth, whatever the order, and stops no other event', async () => {
    const first = 3000;
    const depth = 130;
    for (let n = depth; n >= 1; n -= 1)
      expect((await post(DEVELOPMENTS, retraction(first + n, idOf(first + n - 1)))).status).toBe(201);
    expect((await post(DEVELOPMENTS, closure(first, { data: { crossing: 'xx-yy.late' } }))).status).toBe(201);
    const { sequence } = await running.log.head();
    // 101 retractions count. The last of them has effect, so the one before has none, and so on: the first has effect.
    const late = await get(`/v1/crossings/xx-yy.late?asOf=2030-01-01&atLeast=${sequence}`);
    expect(await late.text()).not.toMatch(/"closed"/);
    const ready = (await (await get('/health/ready')).json()) as { parts: { views: object } };
    expect(ready.parts.views).toMatchObject({ parked: 0 });
  });
});

describe('a time with an offset of hours alone', () => {
  it.each(['occurred', 'until', 'reportedAt'])('is read with this offset as %s', async (member) => {
    const n = 2000 + ['occurred', 'until', 'reportedAt'].indexOf(member);
    const sent = closure(n, { occurred: '2026-02-01', [member]: '2026-03-01T06:00:00+02' });
    expect(await post(DEVELOPMENTS, sent)).toMatchObject({ status: 201 });
    const instant = '2026-03-01T04:00:00.000Z';
    expect(await (await get(`/v1/events/${idOf(n)}`)).json()).toMatchObject({
      [member]: { edtf: '2026-03-01T06:00:00+02', earliest: instant, latest: instant },
    });
  });
});

describe('a batch in which everything is wrong', () => {
  it('is answered with the first faults', async () => {
    const wrong = { type: 'crossing.closed', data: many(100), ...many(100) };
    const developments = Array.from({ length: 4_800 }, () => wrong);
    const { status, bytes, errors } = await post(DEVELOPMENTS, { developments });
    expect([status, errors.length, bytes < 50_000]).toEqual([422, 100, true]);
    expect(errors.at(-1)?.pointer).toMatch(/^\/developments\/9\//);
  });
});
