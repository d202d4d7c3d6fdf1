import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, isSameJson, NotJsonError } from './index.js';
import { codePoint } from '../../test/support/code-point.js';

const double = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE();

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

function outcome(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return 'refused';
  }
}

describe('canonical JSON', () => {
  it('is the sample of RFC 8785 §3.2.4, byte by byte', () => {
    const sample = JSON.parse(
      String.raw`{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }`,
    ) as unknown;
    expect(Buffer.from(canonicalJson(sample)).toString('hex')).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e' +
        '333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c' +
        '6e4127425c225c5c5c5c5c222f227d',
    );
  });

  it('sorts members by the UTF-16 units of their names: RFC 8785 §3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)) as object)).toContain('One');
    expect(canonicalJson(sample)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([
    ['[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
    [
      '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}',
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ],
    [
      '{"peach":"a","p\u00e9ch\u00e9":"b","p\u00eache":"c","sin":"d"}',
      '{"peach":"a","p\u00e9ch\u00e9":"b","p\u00eache":"c","sin":"d"}',
    ],
    ['{"Unnormalized Unicode":"A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}'],
    [
      '"\\u0000\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u001f\\u007f"',
      '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u007f"',
    ],
    ['"\\u2028\\u2029<\\/script>"', '"\u2028\u2029</script>"'],
    ['{"__proto__":1,"a":{"constructor":2}}', '{"__proto__":1,"a":{"constructor":2}}'],
  ])('writes %s in the same way as the authors of the RFC', (text, canonical) => {
    expect(canonicalJson(JSON.parse(text))).toBe(canonical);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as RFC 8785, Appendix B: %s', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('is the same for values that are equal as JSON, and is parsed to an equal value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        const canonical = canonicalJson(json);
        expect(canonicalJson(shuffled(json))).toBe(canonical);
        expect(JSON.parse(canonical)).toEqual(json);
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
      }),
    );
  });

  it('is the same as the text of the package canonicalize', () => {
    const double = fc
      .uint8Array({ minLength: 8, maxLength: 8 })
      .map((some) => Buffer.from(some).readDoubleBE());
    const text = fc.oneof(fc.string(), fc.string({ unit: codePoint }), fc.string({ unit: 'grapheme' }));
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        text,
        double.filter(Number.isFinite),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('json')),
        fc.dictionary(fc.oneof(text, fc.nat(20).map(String)), tie('json')),
        fc.dictionary(text, fc.boolean(), { minKeys: 30, maxKeys: 40 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const mine = outcome(() => canonicalJson(value));
        expect(mine).toBe(outcome(() => canonicalize(value)));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined } })).toBe('{"a":{}}');
  });

  it('accepts a thousand nested arrays', () => {
    const nested = '['.repeat(1000) + ']'.repeat(1000);
    expect(canonicalJson(JSON.parse(nested))).toBe(nested);
  });

  it.each([
    ['NaN', double('7fffffffffffffff')],
    ['an infinity', double('7ff0000000000000')],
    ['a lone surrogate', { text: '\ud83d' }],
    ['a lone surrogate in a name', { '\ude00': 1 }],
    ['a big integer', [1n]],
    ['nothing', undefined],
    ['a function', { f: () => 1 }],
    ['undefined in an array', [undefined]],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(NotJsonError);
  });

  it('refuses a cycle, and what is nested too deep', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => canonicalJson(cycle)).toThrow(NotJsonError);
    let deep: unknown = 0;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(NotJsonError);
  });
});

describe('the same JSON', () => {
  it('has the same members in any order', () => {
    expect(isSameJson({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
    expect(isSameJson({ a: 1 }, { a: 2 })).toBe(false);
  });

  it.each([
    ['NaN', NaN],
    ['nothing', undefined],
    ['a lone surrogate', { text: '\ud83d' }],
    ['a lone surrogate in a name', { '\ude00': 1 }],
    ['undefined in an array', [undefined]],
    ['a date', new Date(0)],
  ])('refuses %s', (_, value) => {
    expect(isSameJson(value, value)).toBe(false);
  });

  it('is never a value that contains itself', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(isSameJson(cycle, cycle)).toBe(false);
  });

  it('has the same canonical text, and different JSON has another', () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'ü');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(0, -0, 1, '', 'x', 'ü', true, false, null),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(key, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 2 }),
      ),
    }));
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(isSameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
        expect(isSameJson(one, structuredClone(one))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
