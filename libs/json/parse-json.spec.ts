import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalJson,
  DEEPEST,
  JsonError,
  MOST_MEMBERS,
  MOST_VALUES,
  parseJson,
  parseJsonText,
} from './index.js';

/** The error with which a text is refused; undefined where it is accepted. */
function refusal(sent: string | Uint8Array): JsonError | undefined {
  try {
    parseJson(typeof sent === 'string' ? Buffer.from(sent) : sent);
    return undefined;
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
}

const bytes = (...before: readonly number[]): Uint8Array =>
  Buffer.concat([Buffer.from('{"a":"'), Buffer.from(before), Buffer.from('"}')]);

describe('bytes', () => {
  it.each([
    ['a byte that UTF-8 does not have', bytes(0xff)],
    ['an incomplete character', bytes(0xf0, 0x9f, 0x98)],
    ['a character in more bytes than it needs', bytes(0xc0, 0xaf)],
    ['half a surrogate pair', bytes(0xed, 0xa0, 0x80)],
    ['a letter in Latin-1', bytes(0xe9)],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
  ])('that are not UTF-8 are malformed: %s', (_, sent) => {
    expect(refusal(sent)).toMatchObject({ code: 'malformed', message: 'is not UTF-8' });
  });

  it('may begin with a byte order mark', () => {
    expect(parseJson(Buffer.from('\ufeff{"a":"é"}'))).toEqual({ a: 'é' });
  });

  it.each(['', ' \n', '{', '{"a":1}{', 'NaN', "{'a':1}", '[1,]', '"\t"'])(
    'that are not JSON are malformed: %j',
    (text) => {
      expect(refusal(text)).toMatchObject({ code: 'malformed', faults: [] });
    },
  );
});

describe('an object', () => {
  it.each([
    ['{"a":1,"a":1}', '/a'],
    ['{"what":1,"wh\\u0061t":2}', '/what'],
    ['{"a":[0,{"b":{},"b":{}}]}', '/a/1/b'],
    ['{"":1,"":2}', '/'],
    ['{"a/b":1,"a~b":{"x":1,"x":2},"c":3}', '/a~0b/x'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['[{"a":"}"},{"a":"\\"","a":1}]', '/1/a'],
  ])('that has a member twice is malformed, and the member is named: %s', (text, pointer) => {
    expect(refusal(text)).toMatchObject({
      code: 'malformed',
      faults: [{ pointer, detail: 'is there twice' }],
    });
  });

  it('may have members of any name', () => {
    const text = '{"__proto__":{"x":1},"constructor":{"prototype":1},"toString":2,"":3}';
    const value = parseJsonText(text) as object;
    expect(JSON.stringify(value)).toBe(text);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(refusal('[{"a":1},{"a":1},{"A":1,"a":{"a":1}}]')).toBeUndefined();
  });

  it('with many duplicate members names a hundred, and the rest is not read', () => {
    const { faults, message } = refusal(`{${'"a":1,'.repeat(1_000)}"a":1}`)!;
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toEqual({ pointer: '', detail: 'was not checked after these faults' });
    expect(message).toBe('has a fault at /a: it is there twice (and at least 99 more faults)');
  });
});

describe('a number', () => {
  it.each(['0', '-0', '0.1', '1.10', '1e21', '1E+21', '-1.5e-7', '9007199254740991', '9007199254740992'])(
    'that a double can represent is accepted: %s',
    (text) => {
      expect(parseJsonText(`[${text}]`)).toEqual([Number(text)]);
    },
  );

  it.each([
    '0.30000000000000004',
    '5e-324',
    '1.7976931348623157e308',
    '0e999',
    '100000000000000000000000',
    '1.000000000000000000000',
  ])('that equals the shortest text of its double is accepted: %s', (text) => {
    expect(refusal(text)).toBeUndefined();
  });

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '1e-400',
    '3.141592653589793238462643383279',
    '0.10000000000000000555',
    '9007199254740993.0',
    '900719925474099.3e1',
  ])('that a double cannot represent is inexact: %s', (text) => {
    expect(refusal(`{"a":[${text}]}`)).toMatchObject({ code: 'inexact', faults: [{ pointer: '/a/0' }] });
  });

  it('is accepted exactly where its double, written out again, is the same decimal number', () => {
    const digits = fc.integer({ min: 0, max: 10 ** 9 });
    const number = fc
      .tuple(digits, digits, fc.constantFrom('', '0', '00000001'), fc.integer({ min: -330, max: 320 }))
      .map(([whole, fraction, end, exponent]) => `${whole}.${fraction}${end}e${exponent}`);
    const decimal = (text: string): [bigint, number] => {
      const [, whole = '', fraction = '', exponent = '0'] = /^(\d+)\.?(\d*)(?:e(.+))?$/.exec(text)!;
      return [BigInt(whole + fraction), Number(exponent) - fraction.length];
    };
    const isSame = ([a, m]: [bigint, number], [b, n]: [bigint, number]): boolean =>
      m < n
        ? isSame([b, n], [a, m])
        : (a === 0n && b === 0n) || (m - n < 400 && a * 10n ** BigInt(m - n) === b);
    fc.assert(
      fc.property(number, (text) => {
        const double = Number(text);
        const isExact = Number.isFinite(double) && isSame(decimal(text), decimal(String(double)));
        expect([text, refusal(text) === undefined]).toEqual([text, isExact]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is only as long in an answer as it needs to be', () => {
    const { faults } = refusal('1'.repeat(1_000_000))!;
    expect(faults[0]!.detail.length).toBeLessThan(100);
  });

  it('in a string is no number', () => {
    expect(refusal('{"9007199254740993":"1e400"}')).toBeUndefined();
  });
});

describe('a string', () => {
  it.each([
    ['{"a":"\\ud800"}', '/a'],
    ['{"a":"\\udc00\\ud800"}', '/a'],
    ['["x\\uD83Dx"]', '/0'],
    ['{"\\ud800":1}', '/\ufffd'],
  ])('with half of a surrogate pair is inexact: %s', (text, pointer) => {
    expect(refusal(text)).toMatchObject({ code: 'inexact', faults: [{ pointer }] });
  });

  it('is refused exactly where its value has half of a surrogate pair', () => {
    const parts = fc.constantFrom('\\\\', '\\ud83d', '\\uDE00', '\\\\ud83d', '\\n', 'ud83d', 'x');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (some) => {
        const text = `"${some.join('')}"`;
        const isWellFormed = !/\p{Surrogate}/u.test(JSON.parse(text) as string);
        expect([text, refusal(text) === undefined]).toEqual([text, isWellFormed]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may have whole pairs, escaped or not, and a backslash before a u', () => {
    expect(parseJsonText('["\\ud83d\\ude00","😀","\\\\ud800"]')).toEqual(['😀', '😀', '\\ud800']);
  });
});

describe('depth', () => {
  it('is bounded, wherever it is', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(refusal(nested(DEEPEST))).toBeUndefined();
    expect(refusal(nested(DEEPEST + 1))).toMatchObject({ code: 'malformed' });
    expect(refusal(`${'{"a":'.repeat(1_000_000)}1`)).toMatchObject({ code: 'malformed' });
    expect(refusal(`["${'['.repeat(100)}","\\"${'['.repeat(100)}",${'[],'.repeat(100)}[]]`)).toBeUndefined();
  });
});

describe('an object of very many members', () => {
  const members = (count: number): string => Array.from({ length: count }, (_, n) => `"${n}":${n}`).join(',');

  it('is refused, wherever it is', () => {
    expect(refusal(`{${members(MOST_MEMBERS)}}`)).toBeUndefined();
    expect(refusal(`[{},{"a":{${members(MOST_MEMBERS + 1)}}}]`)).toMatchObject({
      code: 'excessive',
      message: 'has an object of more than 10000 members',
    });
  });

  it('does not concern a list of many objects', () => {
    expect(refusal(`[${'{"a":1},'.repeat(MOST_MEMBERS * 2)}{}]`)).toBeUndefined();
  });
});

describe('a text of very many values', () => {
  const list = (element: string, times: number): string => `[${Array(times).fill(element).join(',')}]`;

  it.each(['1', '{}', '[]', '{"a":1}', '[1]'])('is refused before it is parsed: %s', (element) => {
    // The text ends in the middle, so that a parser would find another fault.
    expect(refusal(list(element, MOST_VALUES).slice(0, -1))).toMatchObject({
      code: 'excessive',
      message: 'has more than 1000000 values',
    });
  });

  it('is accepted up to the limit, which a caller may lower', () => {
    const withBound = (text: string, values: number) => () => parseJson(Buffer.from(text), { values });
    expect(withBound('[1,2,3]', 4)).not.toThrow();
    expect(withBound('[1,2,3]', 3)).toThrow('has more than 3 values');
    expect(withBound('{"a":",,,[[["}', 2)).not.toThrow();
  });
});

describe('a list at the top', () => {
  it.each(['[', ' \n[[', '\ufeff ['])('is refused unread where the caller needs an object: %j', (start) => {
    const sent = Buffer.concat([Buffer.from(start), Buffer.from([0xff])]);
    expect(() => parseJson(sent, { noList: true })).toThrow('is a list, but must be an object');
    expect(() => parseJson(sent)).toThrow('is not UTF-8');
  });

  it('is otherwise accepted, and an object is accepted either way', () => {
    expect(parseJson(Buffer.from('[1]'))).toEqual([1]);
    expect(parseJson(Buffer.from(' {"a":[1]}'), { noList: true })).toEqual({ a: [1] });
  });
});

/** A parser that follows the grammar of RFC 8259 and refuses what I-JSON excludes. Throws on any fault. */
function naive(text: string): unknown {
  let rest = text;
  const take = (pattern: RegExp): string => {
    const [found] = pattern.exec(rest) ?? [];
    if (found === undefined) throw new Error(`not JSON: ${rest}`);
    rest = rest.slice(found.length);
    return found;
  };
  const space = (): void => void take(/^[ \t\n\r]*/);
  const mark = (character: string): void => {
    space();
    if (!rest.startsWith(character)) throw new Error(`not ${character}`);
    rest = rest.slice(1);
    space();
  };
  const string = (): string => {
    const raw = take(/^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/);
    const value = JSON.parse(raw) as string;
    if (/\p{Surrogate}/u.test(value)) throw new Error('half a pair');
    return value;
  };
  const number = (): number => {
    const raw = take(/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/);
    const value = Number(raw);
    if (!Number.isFinite(value) || !isSameDecimal(raw, String(value))) throw new Error('inexact');
    return value;
  };
  const rows = (close: string, each: () => void): void => {
    mark(rest[0]!);
    for (let first = true; !rest.startsWith(close); first = false) {
      if (!first) mark(',');
      each();
      space();
    }
    mark(close);
  };
  const value = (): unknown => {
    space();
    if (rest.startsWith('{')) {
      const members = new Map<string, unknown>();
      rows('}', () => {
        const name = string();
        mark(':');
        if (members.has(name)) throw new Error('twice');
        members.set(name, value());
      });
      return Object.fromEntries(members);
    }
    if (rest.startsWith('[')) {
      const elements: unknown[] = [];
      rows(']', () => elements.push(value()));
      return elements;
    }
    if (rest.startsWith('"')) return string();
    if (/^(true|false|null)/.test(rest)) return JSON.parse(take(/^(true|false|null)/));
    return number();
  };
  const whole = value();
  space();
  if (rest !== '') throw new Error('more');
  return whole;
}

/** Compares two numbers by whole numbers: the digits of each, times a power of ten. */
function isSameDecimal(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => {
    const [, whole, fraction = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text)!;
    return { digits: BigInt(whole! + fraction), exponent: Number(exponent) - fraction.length };
  });
  // Zero times any power of ten is zero; the power may be too large to compute.
  if (a!.digits === 0n || b!.digits === 0n) return a!.digits === b!.digits;
  const least = Math.min(a!.exponent, b!.exponent);
  const scaled = ({ digits, exponent }: { digits: bigint; exponent: number }): bigint =>
    digits * 10n ** BigInt(exponent - least);
  return scaled(a!) === scaled(b!);
}

describe('any text', () => {
  const names = fc.constantFrom(
    '"a"',
    '"\\u0061"',
    '"b"',
    '"__proto__"',
    '""',
    '"\\ud800"',
    '"é"',
    '"a\\"b"',
  );
  const digits = fc.stringMatching(/^[0-9]{1,20}$/);
  const numbers = fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.option(digits),
      fc.option(fc.integer({ min: -330, max: 330 })),
    )
    .map(([sign, whole, fraction, exponent]) => {
      const point = fraction === null ? '' : `.${fraction}`;
      return `${sign}${whole.replace(/^0+(?=.)/, '')}${point}${exponent === null ? '' : `e${exponent}`}`;
    });
  const texts = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(
        names,
        numbers,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
        fc.constantFrom('true', 'null'),
      ),
      fc.array(tie('value'), { maxLength: 3 }).map((elements) => `[${elements.join(' , ')}]`),
      fc
        .array(fc.tuple(names, tie('value')), { maxLength: 3 })
        .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',\n')}}`),
    ),
  })).value;
  const broken = fc
    .tuple(texts, fc.nat(), fc.constantFrom('', '"', '\\', '{', '}', ',', ':', '1', 'e', '-', ' '))
    .map(
      ([text, at, by]) =>
        text.slice(0, at % (text.length + 1)) + by + text.slice((at % (text.length + 1)) + 1),
    );

  it('is accepted, with the same value, if a parser that follows the grammar accepts it', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: texts }, broken), (text) => {
        let expected: string;
        try {
          expected = canonicalJson(naive(text));
        } catch {
          expect(refusal(text)).toBeInstanceOf(JsonError);
          return;
        }
        expect(canonicalJson(parseJsonText(text))).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('that was accepted is written again with the same numbers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (refusal(text) === undefined) expect(JSON.stringify(parseJsonText(text))).toBe(text);
        else expect(text).toMatch(/\\ud/);
      }),
    );
  });
});
