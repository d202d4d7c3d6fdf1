import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accept, eventTypes, type Accepted, type Fault } from '#events';
import { canonicalJson, parseJson } from '#json';
import { shapeOf } from './checker.js';
import { SentDevelopment } from './envelope.js';
import { faultsOf } from './find-faults.js';
import type { Class } from './field.js';
import { codePoint } from '../test/support/code-point.js';

const MADE = '01890a5d-ac96-774b-bcce-b302099a80ee';
const options = { defaultZone: 'Europe/Vilnius', newId: () => MADE };

type Json = Record<string, unknown>;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const exampleOf = (type: string): Json => {
  const definition = eventTypes.find((d) => d.type === type);
  if (!definition) throw new Error(type);
  return copy(definition.example) as unknown as Json;
};
const acceptedOf = (sent: unknown): Accepted => {
  const result = accept(sent, options);
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};
const faultsIn = (sent: unknown): Fault[] => {
  const result = accept(sent, options);
  if (!Array.isArray(result)) throw new Error('was accepted');
  return result;
};

/** The example of a type in which one member, named by its pointer, has the given value; without a value the member is removed. */
const withMember = (type: string, pointer: string, value?: unknown): Json => {
  const sent = exampleOf(type);
  const [owner, last] = placeIn(sent, pointer);
  if (value === undefined) Reflect.deleteProperty(owner, last);
  else owner[last] = value;
  return sent;
};

/** The object or list that has the member, and the name of the member. */
const placeIn = (sent: Json, pointer: string): [Json, string] => {
  const path = pointer.slice(1).split('/');
  const last = path.pop() ?? '';
  let owner = sent;
  for (const key of path) owner = owner[key] as Json;
  return [owner, last];
};

describe('a development of very many values', () => {
  const tooMany = [{ pointer: '', detail: 'has more than 10000 values' }];
  const list = (count: number, element: unknown): unknown[] => Array<unknown>(count).fill(element);
  const members = (count: number): Json =>
    Object.fromEntries(list(count, 0).map((zero, n) => [`m${n}`, zero]));

  it.each([
    ['a list', { list: list(10_000, 0) }],
    ['lists in lists', { list: list(101, list(100, 'x')) }],
    ['objects', { list: list(5_000, { a: 1 }) }],
    ['members', members(10_001)],
    ['members with control characters', { '\u0001': members(10_000) }],
    ['a replacement', { replacement: { data: list(4, members(3_000)) } }],
  ])('has that as its only fault: %s', (_, data) => {
    expect(faultsIn({ type: 'crossing.closed', nonsense: true, data })).toEqual(tooMany);
    expect(faultsIn(data)).toEqual(tooMany);
  });

  it('is read up to the limit', () => {
    let read = 0;
    const counted = {
      get member() {
        return (read += 1);
      },
    };
    expect(faultsIn({ data: { list: list(50_000, counted) } })).toEqual(tooMany);
    expect(faultsIn({ data: list(1_000, { counted, more: list(100, counted) }) })).toEqual(tooMany);
    expect(read).toBeLessThan(25_000);
  });

  it('has its other faults up to the limit', () => {
    expect(faultsIn({ ...exampleOf('crossing.closed'), list: list(9_900, 0) })).toMatchObject([
      { pointer: '/list' },
    ]);
  });
});

describe('an accepted development', () => {
  it('has an id, a stream and its times resolved in their zones', () => {
    expect(acceptedOf(exampleOf('crossing.reopened'))).toMatchObject({
      id: MADE,
      stream: 'crossing-lt-by.medininkai',
      schemaVersion: 1,
      payload: {
        occurred: {
          edtf: '2025-11-20T00:00',
          zone: 'Europe/Vilnius',
          text: 'from midnight',
          earliest: '2025-11-19T22:00:00.000Z',
          latest: '2025-11-19T22:00:00.000Z',
        },
        reportedAt: { zone: 'Europe/Vilnius', latest: '2025-11-20T21:59:59.999Z' },
        source: { publishedAt: { earliest: '2025-11-19T22:00:00.000Z' } },
      },
    });
  });

  it('keeps the id that the client gave, in lower case', () => {
    const id = '01890A5D-AC96-774B-BCCE-B302099A80FF';
    expect(acceptedOf({ ...exampleOf('claim.denied'), id }).id).toBe(id.toLowerCase());
  });

  it('ends where its last day ends', () => {
    expect(acceptedOf(exampleOf('crossing.closed')).payload.until?.latest).toBe('2025-11-30T22:00:00.000Z');
  });

  it('has the times in its data resolved; a deadline ends where its time ends', () => {
    const { data } = acceptedOf(withMember('warning.issued', '/data/deadline', '2022-07-20')).payload;
    expect(data['deadline']).toMatchObject({ latest: '2022-07-20T21:00:00.000Z' });
    const due = acceptedOf(exampleOf('sanctions.decision-scheduled')).payload.data['due'];
    expect(due).toMatchObject({ earliest: '2026-01-31T22:00:00.000Z', latest: '2026-02-28T21:59:59.999Z' });
  });

  it('has the times in a replacement resolved too, and the replacement names its version', () => {
    const { data } = acceptedOf(exampleOf('record.corrected')).payload;
    expect(data['replacement']).toMatchObject({
      schemaVersion: 1,
      occurred: { earliest: '2022-08-09T21:00:00.000Z' },
      data: { announcedAt: { earliest: '2022-04-07T21:00:00.000Z' } },
      source: { publishedAt: { zone: 'Europe/Vilnius' } },
    });
  });

  it('keeps its text as it was sent, in any normalisation form', () => {
    for (const text of ['S\u030calc\u030cininkai', 'Šalčininkai', 'й', 'и\u0306', '\ufb01n']) {
      const { payload } = acceptedOf(withMember('crossing.closed', '/data/reason', text));
      expect(payload.data['reason']).toBe(text);
    }
  });

  it('about another event has the id of that event in lower case', () => {
    const target = '01890a5d-ac96-774b-bcce-b302099a80aa';
    for (const type of ['record.retracted', 'record.corrected']) {
      const { stream, payload } = acceptedOf(withMember(type, '/data/target', target.toUpperCase()));
      expect([stream, payload.data['target']]).toEqual([`record-${target}`, target]);
    }
  });

  it('of an older version stays as it was sent, at that version', () => {
    const sent = withMember('crossing.closed', '/schemaVersion', 1);
    const accepted = acceptedOf({ ...sent, data: { crossing: 'lt-by.kena', mode: 'rail' } });
    expect(accepted).toMatchObject({
      stream: 'crossing-lt-by.kena',
      schemaVersion: 1,
      payload: { data: { mode: 'rail' } },
    });
  });

  it('can be sent again as it is stored, with its resolved times', () => {
    const { id, type, schemaVersion, payload } = acceptedOf(exampleOf('transit.restricted'));
    expect(acceptedOf(copy({ id, type, schemaVersion, ...payload })).payload).toEqual(payload);
  });
});

describe('a fault points at the wrong member:', () => {
  const cases: [string, string, unknown, string, RegExp][] = [
    ['crossing.closed', '/type', 'crossing.shut', '/type', /no event type/],
    ['crossing.closed', '/type', undefined, '/type', /missing/],
    ['crossing.closed', '/id', 'x', '/id', /UUID/],
    ['crossing.closed', '/schemaVersion', 3, '/schemaVersion', /no version.*newest is 2/],
    ['crossing.closed', '/ocurred', '2025', '/ocurred', /not a member/],
    ['crossing.closed', '/a~b', 1, '/a~0b', /not a member/],
    ['crossing.closed', '/occurred', '2025-02-30', '/occurred', /2025-02-30/],
    ['crossing.closed', '/occurred', { edtf: '2025', zone: 'Europe/Wilno' }, '/occurred/zone', /Wilno/],
    ['crossing.closed', '/occurred', { edtf: '2025-13' }, '/occurred/edtf', /2025-13/],
    ['crossing.closed', '/occurred', { edtf: '2025', txt: 'x' }, '/occurred/txt', /not a member/],
    ['crossing.closed', '/occurred', { edtf: '2025', latest: 'x' }, '/occurred/latest', /agree/],
    ['crossing.closed', '/occurred', null, '/occurred', /EDTF/],
    ['crossing.closed', '/until', '2025-10-01', '/until', /after/],
    ['crossing.closed', '/reportedAt', '2025-10-01/..', '/reportedAt', /end/],
    ['crossing.closed', '/reportedAt', undefined, '/reportedAt', /missing/],
    ['crossing.closed', '/data/crossing', undefined, '/data/crossing', /missing/],
    ['crossing.closed', '/data/mode', 'road', '/data/mode', /the members are.*modes/],
    ['crossing.closed', '/data/modes', ['road', 'sea'], '/data/modes/1', /one of/],
    ['crossing.closed', '/data/modes', ['road', 'road'], '/data/modes', /twice/],
    ['crossing.closed', '/data/side', 'lt', '/data/side', /ISO 3166/],
    ['crossing.closed', '/data/reason', '', '/data/reason', /not empty/],
    ['crossing.closed', '/data/reason', 'x'.repeat(301), '/data/reason', /at most 300/],
    ['crossing.closed', '/data/reason', 'x\ud800', '/data/reason', /surrogate/],
    ['crossing.closed', '/data/reason', 'x\u0000', '/data/reason', /control/],
    ['crossing.closed', '/data/tags', ['a', 7], '/data/tags/1', /text/],
    ['crossing.closed', '/data', [], '/data', /object/],
    ['crossing.closed', '/source/url', 'ftp://x', '/source/url', /http/],
    ['crossing.closed', '/source/quote', 'a '.repeat(26), '/source/quote', /25 words/],
    ['crossing.closed', '/source/publishedAt', 'soon', '/source/publishedAt', /soon/],
    ['crossing.closed', '/source', undefined, '/source', /missing/],
    ['crossing.closed', '/attribution/reliability', 'G1', '/attribution/reliability', /Admiralty/],
    ['crossing.closed', '/attribution/standing', 'fact', '/attribution/standing', /one of act/],
    ['transit.restricted', '/data/goods/1/label', undefined, '/data/goods/1/label', /missing/],
    ['transit.restricted', '/data/goods/1/hs', [''], '/data/goods/1/hs/0', /not empty/],
    ['transit.restricted', '/data/goods/2', 'coal', '/data/goods/2', /object/],
    ['detention.counted', '/data/count', {}, '/data/count', /value, min or max/],
    ['detention.counted', '/data/count/min', '7', '/data/count/min', /number/],
    ['detention.counted', '/data/count/min', Infinity, '/data/count/min', /finite/],
    ['subject.registered', '/data/crossing', undefined, '/data/crossing', /missing/],
    ['subject.registered', '/data/kind', 'route', '/data/crossing', /kind crossing/],
    ['subject.registered', '/data/names', {}, '/data/names', /names by language/],
    ['subject.registered', '/data/location/coordinates', [54, 95], '/data/location/coordinates', /degrees/],
    ['warning.issued', '/data/deadline', { text: '' }, '/data/deadline', /text/],
    ['record.corrected', '/data/replacement/type', 'record.retracted', '/data/replacement/type', /record/],
    ['record.corrected', '/data/replacement/until', 'x', '/data/replacement/until', /x/],
    ['record.corrected', '/data/replacement/data/goods', 1, '/data/replacement/data/goods', /list/],
    ['record.retracted', '/data/target', MADE, '/data/target', /another event/],
    ['record.corrected', '/data/target', MADE.toUpperCase(), '/data/target', /another event/],
    ['record.corrected', '/data/replacement/id', MADE.replace('0', '1'), '/data/replacement/id', /target/],
  ];
  it.each(cases)('%s with %s = %j: %s', (type, pointer, value, expected, detail) => {
    const faults = faultsIn(withMember(type, pointer, value));
    expect([...new Set(faults.map((f) => f.pointer))]).toEqual([expected]);
    expect(faults[0]?.detail).toMatch(detail);
  });

  it('all faults are given together: of the envelope, of the data, of times and texts', () => {
    const sent = {
      ...withMember('warning.issued', '/data/deadline', '2022-02-30'),
      occurred: '2022-13-01',
      until: 'soon',
      reportedAt: 5,
      colour: 'red\u0000',
    };
    Object.assign((sent as Json)['source'] as Json, { publishedAt: '2022-02-31', title: '' });
    Object.assign((sent as Json)['data'] as Json, { demand: 7 });
    expect(faultsIn(sent).map((f) => f.pointer)).toEqual([
      '/colour',
      '/colour',
      '/reportedAt',
      '/source/title',
      '/data/demand',
      '/occurred',
      '/until',
      '/source/publishedAt',
      '/data/deadline',
    ]);
  });

  it('all faults are given together: of two wrong members', () => {
    // These members decide which other members are checked.
    const decisive = [
      '/type',
      '/schemaVersion',
      '/occurred',
      '/data/kind',
      '/data/target',
      '/data/replacement/type',
    ];
    const independent = cases.filter(([, pointer]) => !decisive.includes(pointer));
    const pairs = independent.flatMap((one, n) =>
      independent.slice(n + 1).map((other) => [one, other] as const),
    );
    const ofOneType = pairs.filter(
      ([[type, a], [otherType, b]]) => type === otherType && !`${a}/`.startsWith(b) && !`${b}/`.startsWith(a),
    );
    expect(ofOneType.length).toBeGreaterThan(50);
    for (const [[type, a, value], [, b, other]] of ofOneType) {
      const sent = withMember(type, a, value);
      const [owner, last] = placeIn(sent, b);
      if (other === undefined) Reflect.deleteProperty(owner, last);
      else owner[last] = other;
      const alone = [withMember(type, a, value), withMember(type, b, other)].flatMap(faultsIn);
      const told = faultsIn(sent).map(({ pointer }) => pointer);
      expect([a, b, ...told.sort()]).toEqual([a, b, ...alone.map(({ pointer }) => pointer).sort()]);
    }
  });

  it('a hundred faults are given where there are more, with the number of the others', () => {
    const many = Object.fromEntries(Array.from({ length: 9_900 }, (_, n) => [`member${n}`, n]));
    const faults = faultsIn({ ...exampleOf('crossing.closed'), ...many });
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toEqual({ pointer: '', detail: 'has 9800 more faults, which are not listed' });
    const long = { tags: Array.from({ length: 9_900 }, () => ''), [`x${'y'.repeat(1_000_000)}`]: 1 };
    const ofData = faultsIn({ ...exampleOf('crossing.closed'), data: long });
    expect(JSON.stringify(ofData).length).toBeLessThan(2_000);
  });

  it('a development that nests too deep has a fault', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i += 1) deep = [deep];
    expect(faultsIn({ data: deep })[0]?.detail).toMatch(/deep/);
  });

  it('a development that is too large as a whole has a fault', () => {
    const tags = Array.from({ length: 200 }, (_, i) => `${i}`.padEnd(60, 'x'));
    const goods = Array.from({ length: 200 }, (_, i) => ({
      id: `g${i}`,
      label: 'x'.repeat(200),
      hs: ['72'],
    }));
    const sent = withMember('transit.restricted', '/data/goods', goods);
    expect(faultsIn({ ...sent, data: { ...(sent['data'] as Json), tags } })).toMatchObject([
      { pointer: '', detail: expect.stringMatching(/bytes/) },
    ]);
    expect(acceptedOf(sent).payload.data['goods']).toHaveLength(200);
  });

  it('a member named __proto__ is a fault', () => {
    const sent = JSON.parse(
      JSON.stringify(exampleOf('claim.denied')).replace('"claim"', '"__proto__"'),
    ) as unknown;
    expect(faultsIn(sent).map((f) => f.pointer)).toEqual(['/data/__proto__', '/data/claim']);
  });
});

/** The JSON value with a change at a random place. */
const mutated = (original: unknown): fc.Arbitrary<unknown> =>
  fc
    .record({ steps: fc.array(fc.nat(20), { maxLength: 5 }), how: fc.nat(7), value: replacement })
    .map(({ steps, how, value }) => mutate(copy(original), steps, how, value));

const replacement: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    'road',
    'LT',
    'a.b',
    '2025-11',
    '/..',
    '2025~/..',
    'x'.repeat(2000),
    'č',
    '\ufe0f',
    '😀'.repeat(299),
  ),
  fc.constantFrom(null, 0, -1, 0.5, 1e300, true, [], {}, [[]], [{}], ['road', 'road']),
  fc.constantFrom(
    { edtf: '2025' },
    { text: 'soon' },
    { edtf: '2025', zone: 'X' },
    { value: 1 },
    { id: 'x', label: 'y' },
  ),
);

const mutate = (value: unknown, steps: readonly number[], how: number, put: unknown): unknown => {
  const [step = 0, ...rest] = steps;
  if (typeof value !== 'object' || value === null) return put;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(keys.length, 1)] ?? 'x';
  if (rest.length > 0) Reflect.set(value, key, mutate(Reflect.get(value, key), rest, how, put));
  else if (how === 0) Reflect.deleteProperty(value, key);
  else if (how === 1 && !Array.isArray(value)) Reflect.set(value, 'constructor', put);
  else if (how === 2) Reflect.set(value, key, [Reflect.get(value, key)]);
  else if (how === 3 && Array.isArray(value)) value.push(value[0]);
  else if (how === 4 && !Array.isArray(value))
    Object.defineProperty(value, '__proto__', { value: put, enumerable: true, configurable: true });
  else Reflect.set(value, key, put);
  return value;
};

const someExample = fc.constantFrom(...eventTypes).chain((d) => mutated(d.example));

describe('the compiled checker', () => {
  const agrees = (of: Class, value: unknown): boolean =>
    shapeOf(of).valid(value) === (faultsOf(of, value, '').length === 0);

  it.each(eventTypes.map((d) => [d.type, d] as const))(
    'agrees with class-validator on %s',
    (_type, definition) => {
      for (const of of [definition.data, ...Object.values(definition.earlier ?? {})]) {
        fc.assert(
          fc.property(mutated(definition.example.data), (data) => agrees(of, data)),
          { numRuns: 100 },
        );
      }
    },
  );

  it('agrees with class-validator on the envelope', () => {
    fc.assert(
      fc.property(someExample, (sent) => agrees(SentDevelopment, sent)),
      { numRuns: 700 },
    );
  });
});

describe('accept', () => {
  it('never throws, for any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (sent) => void accept(sent, options)));
    fc.assert(fc.property(fc.anything(), (sent) => void accept(sent, options)));
    fc.assert(
      fc.property(
        fc.string({ unit: codePoint }),
        (edtf) => void accept(withMember('claim.denied', '/occurred', edtf), options),
      ),
    );
  });

  it('never throws on what looks like a time', () => {
    const edtf = fc.array(
      fc.constantFrom(...'0123456789XYTZE-+:./~?%[]{}, '.split(''), '2025', '-11', '-05', '/', '..'),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(edtf, fc.string({ unit: codePoint, maxLength: 20 }), (parts, zone) => {
        accept(withMember('crossing.closed', '/occurred', parts.join('')), options);
        accept(withMember('crossing.closed', '/until', { edtf: parts.join('') }), options);
        accept(withMember('crossing.closed', '/until', { edtf: '2026', zone }), options);
      }),
      { numRuns: 300 },
    );
  });

  it('gives faults or an event, and accepts the event again, unchanged', () => {
    fc.assert(
      fc.property(someExample, (sent) => {
        const first = accept(sent, options);
        if (Array.isArray(first)) return expect(first.length).toBeGreaterThan(0);
        const { id, type, schemaVersion, payload } = first;
        const again = accept(copy({ id, type, schemaVersion, ...payload }), options);
        return expect(again).toEqual(first);
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps every value of the data that is not a time as it was sent', () => {
    const texts = fc.oneof(
      fc.string({ unit: codePoint, minLength: 1, maxLength: 20 }),
      fc.constantFrom('и\u0306', '\ufb01', '\u212b', '👩‍👩‍👧', '"\\/\u2028', ' ', '__proto__'),
    );
    const numbers = fc.oneof(
      fc.double({ noNaN: true }),
      fc.constantFrom(-0, 1e21, 5e-324, 2 ** 53, 0.1 + 0.2),
    );
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 3 }), numbers, (note, tags, value) => {
        const example = exampleOf('detention.counted');
        const data = { ...(example['data'] as Json), note, tags, count: { value } };
        const sent = parseJson(Buffer.from(JSON.stringify({ ...example, data }))) as Json;
        const accepted = accept(sent, options);
        if (Array.isArray(accepted)) return;
        const exported = JSON.parse(JSON.stringify(accepted.payload.data)) as Json;
        expect(canonicalJson(exported)).toBe(canonicalJson(sent['data']));
      }),
    );
  });

  it('does not change its argument', () => {
    fc.assert(
      fc.property(someExample, (sent) => {
        const before = copy(sent);
        accept(sent, options);
        expect(copy(sent)).toEqual(before);
      }),
    );
  });
});
