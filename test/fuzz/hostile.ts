import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { codePoint } from '../support/code-point.js';

/** Values that have broken other servers, for a parameter, a part of a path, a header or a member of a body. */
export const HOSTILE: readonly string[] = [
  '',
  ' ',
  '\t',
  "'; DROP TABLE events; --",
  '" OR "1"="1',
  "1' UNION SELECT * FROM sqlite_schema --",
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '....//....//log.db',
  'file:///etc/passwd',
  '\u0000',
  'lt-by.medininkai\u0000.json',
  '__proto__',
  'constructor',
  'prototype.polluted',
  'toString',
  'hasOwnProperty',
  '<script>alert(1)</script>',
  '${7*7}',
  '{{7*7}}',
  '%s%s%n',
  '\r\nx-injected: 1',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '@',
  '@-1',
  '@0',
  '@1',
  '@999999999999999999',
  '2025-02-30',
  '0000-01-01',
  '-0001-01-01',
  '+275760-09-13T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '2025-11-05T24:00:00Z',
  '2025-11-05T12:00:00+99:99',
  '2025-10-26T03:00',
  'Europe/Vilnius\u0000',
  '../Europe/Vilnius',
  'europe/vilnius',
  '\u202Enirukninečlaš',
  'Å\u030A\u0327\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦'.repeat(20),
  '＇； ＤＲＯＰ',
  '"',
  '"unclosed phrase',
  'a* b* OR NEAR(x y) AND NOT -z ^q',
  '*',
  '"*"',
  ','.repeat(50),
  'a,,b',
  'x'.repeat(5000),
  'ա'.repeat(2000),
];

/** Parts of an address that no encoder makes: invalid UTF-8, lone surrogates, broken escapes. */
export const BROKEN_ESCAPES: readonly string[] = [
  '%',
  '%zz',
  '%ED%A0%80',
  '%C0%AF',
  '%FF',
  '%00',
  '%u0041',
  '%25%32%66',
];

export const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: codePoint, maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

/** Text that UTF-8 can encode: without lone surrogates. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** Hostile text in the form in which an address has it. */
export const escaped = fc.oneof(
  { weight: 6, arbitrary: hostile.map((text) => encodeURIComponent(wellFormed(text))) },
  { weight: 1, arbitrary: fc.constantFrom(...BROKEN_ESCAPES) },
);

/** The text of a JSON body with a change for which a strict reader refuses it, or almost refuses it. */
export const spoilt = (text: string): fc.Arbitrary<string | Buffer> =>
  fc
    .record({
      how: fc.constantFrom(...SPOILERS),
      at: fc.nat(),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 3 }),
    })
    .map(({ how, at, bytes }) => how(text, at, Buffer.from(bytes)));

type Spoiler = (text: string, at: number, bytes: Buffer) => string | Buffer;

/** The text with a member inserted after one of its opening braces. */
const opened = (text: string, at: number, member: string): string => {
  const places = [...text.matchAll(/\{(?=")/g)].map(({ index }) => index + 1);
  const place = places[at % Math.max(places.length, 1)] ?? 0;
  return `${text.slice(0, place)}${member},${text.slice(place)}`;
};

const NUMBERS = [
  '9007199254740993',
  '1e400',
  '-1e-400',
  '0.1000000000000000000001',
  '-0',
  '1e21',
  '1'.repeat(5_000),
];

const SPOILERS: readonly Spoiler[] = [
  (text, at, bytes) => {
    const whole = Buffer.from(text);
    const place = at % whole.length;
    return Buffer.concat([whole.subarray(0, place), bytes, whole.subarray(place)]);
  },
  (text, at) => opened(text, at, (/"[^"]*":"[^"]*"/.exec(text.slice(at % text.length)) ?? ['"type":"x"'])[0]),
  (text, at) => opened(text, at, '"t\\u0079pe":1'),
  (text, at) => opened(text, at, `"n":${NUMBERS[at % NUMBERS.length]}`),
  (text, at) => opened(text, at, '"__proto__":{"toString":1}'),
  (text, at) => opened(text, at, '"constructor":{"prototype":{"x":1}}'),
  (text, at) => opened(text, at, '"toString":null,"valueOf":{},"toJSON":1,"length":-1'),
  (text, at) => opened(text, at, '"x":"\\ud800"'),
  (text, at) => opened(text, at, Array.from({ length: 3_000 }, (_, n) => `"m${n}":${n}`).join()),
  (text, at) => opened(text, at, `"d":${'['.repeat(at % 80)}${']'.repeat(at % 80)}`),
  (text) => `\ufeff${text}`,
  (text) => Buffer.from(text, 'utf16le'),
  (text) => gzipSync(text),
  (text, at) => text.replace(/"[^"]*"$/, () => `"${'x'.repeat(at % 100_000)}"`),
];

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

/** JSON values of an unexpected kind. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    2 ** 53,
    [],
    {},
    [[]],
    [null],
    { edtf: null },
    nested(20),
  ),
  fc.constantFrom<unknown>('\ud800', 'a\udc00b', { '\ud800': 1 }, { ['__proto__x']: 1 }, { '': '' }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value in which one or a few members, at any depth, are replaced, removed or added. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('replace', 'remove', 'add'),
    name: hostile,
    by: odd,
  });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = { root: structuredClone(value) };
    for (const { at, what, name, by } of changes) {
      const places = placesIn(copy);
      const [owner, key] = places[at % places.length]!;
      const member = owner[key];
      if (what === 'remove' && owner !== copy) Reflect.deleteProperty(owner, key);
      // A list gets one more element: a member of another name would not be in its JSON, and `length` cannot be defined.
      else if (what === 'add' && Array.isArray(member)) member.push(structuredClone(by));
      else if (what === 'add' && isObject(member)) define(member, name, structuredClone(by));
      else define(owner, key, structuredClone(by));
    }
    return copy.root;
  });
}

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members => value !== null && typeof value === 'object';

function placesIn(owner: Members): [Members, string][] {
  return Object.entries(owner).flatMap(([key, member]): [Members, string][] => [
    [owner, key],
    ...(isObject(member) ? placesIn(member) : []),
  ]);
}

/** Defines a member, also where its name is `__proto__`. */
function define(owner: Members, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, enumerable: true, writable: true, configurable: true });
}
