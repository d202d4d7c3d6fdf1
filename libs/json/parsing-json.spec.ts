import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonError, LONGEST_STRETCH, parseJson, parsingJson } from './index.js';

interface Outcome {
  readonly value?: string;
  readonly code?: string;
  /** Absent where the text is not JSON: only a text in one piece has the words of the parser. */
  readonly message?: string;
  readonly faults?: readonly object[];
}

function outcomeOf(parse: () => unknown): Outcome {
  try {
    return { value: JSON.stringify(parse()) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { code, message, faults } = error;
    return message.startsWith('is not JSON') || message === 'is empty' ? { code } : { code, message, faults };
  }
}

/** The number of steps, and the value. */
function stepped(computation: Generator<void, unknown, void>): { steps: number; value: unknown } {
  let steps = 0;
  let next = computation.next();
  for (; next.done !== true; next = computation.next()) steps += 1;
  return { steps, value: next.value };
}

/** JSON with names and texts that are dangerous to a scanner, and with space between the tokens. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => {
  const space = fc.constantFrom('', '', ' ', '\n\t');
  const text = fc.constantFrom(
    '',
    'a',
    '\\"',
    ',',
    '[{',
    '\\\\',
    '}]',
    'é',
    '😀',
    '\\u0061',
    '__proto__',
    '1',
    '\\ud800',
    ':',
  );
  const leaf = fc.oneof(
    text.map((name) => `"${name}"`),
    fc.constantFrom('0', '-1.5e3', '9007199254740993', 'true', 'null'),
  );
  const spaced = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(space, inner, space).map((some) => some.join(''));
  const member = fc.tuple(spaced(text.map((name) => `"${name}"`)), tie('json')).map((some) => some.join(':'));
  return {
    json: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      spaced(leaf),
      spaced(tie('list')),
      spaced(tie('object')),
    ),
    list: fc.array(tie('json'), { maxLength: 6 }).map((some) => `[${some.join(',')}]`),
    object: fc.array(member, { maxLength: 6 }).map((some) => `{${some.join(',')}}`),
  };
});
const cutAt = fc
  .tuple(fc.nat({ max: 6 }), fc.nat({ max: 10 }))
  .map(([least, more]) => ({ least, most: least + more }));

const inParts = (text: string, at: { least: number; most: number }): Outcome =>
  outcomeOf(() => stepped(parsingJson(Buffer.from(text), {}, 0, at)).value);
const whole = (text: string): Outcome => outcomeOf(() => parseJson(Buffer.from(text)));

describe('a text that is parsed in parts', () => {
  it('has the value and the faults that it has in one piece, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom('', '', '\ufeff'), json), cutAt, ([mark, text], at) => {
        expect([text, inParts(mark + text, at)]).toEqual([text, whole(mark + text)]);
      }),
      { numRuns: 700 },
    );
  });

  it('is JSON exactly where it is JSON in one piece', () => {
    const mistake = fc.tuple(
      fc.nat(),
      fc.constantFrom('', ',', '[', ']', '{', '}', ':', '"', '1', ' ', '\ufeff'),
      fc.nat({ max: 1 }),
    );
    fc.assert(
      fc.property(json, fc.array(mistake, { minLength: 1, maxLength: 3 }), cutAt, (sound, mistakes, at) => {
        const text = mistakes.reduce((sofar, [place, added, removed]) => {
          const where = place % (sofar.length + 1);
          return sofar.slice(0, where) + added + sofar.slice(where + removed);
        }, sound);
        expect([text, inParts(text, at)]).toEqual([text, whole(text)]);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    '[[1,2],]',
    '[,[1,2]]',
    '[[1,2] [3,4]]',
    '[[1,2] 3]',
    '{"a":[1,2],}',
    '{"a":1 "b":[1,2]}',
    '[1 [1,2]]',
    '[[1,2}',
    '[[1,2]',
    '[[1,2]]]',
    '[1,2],[1,2]',
    '[1,[2,3],\ufeff4]',
  ])('is refused where something is wrong beside a cut: %s', (text) => {
    for (const most of [0, 1, 2, 3]) expect(inParts(text, { least: 0, most })).toEqual({ code: 'malformed' });
  });
});

describe('a long text', () => {
  const steps = (text: string): number => stepped(parsingJson(Buffer.from(text))).steps;
  const list = (element: string, times: number): string =>
    `[${Array<string>(times).fill(element).join(',')}]`;

  it.each([
    ['numbers', list('1', 500_000)],
    ['empty objects', list('{}', 300_000)],
    ['one list in a list in an object', `{"a":[${list('[]', 300_000)}]}`],
    [
      'objects of many members',
      list(
        JSON.stringify(
          Object.fromEntries(
            list('m', 3_000)
              .split(',')
              .map((m, n) => [m + n, n]),
          ),
        ),
        30,
      ),
    ],
    ['texts', list(`"${'ė'.repeat(900)}"`, 500)],
    ['deep lists', list('['.repeat(50) + ']'.repeat(50), 9_000)],
  ])('takes a step for each 64 KiB that are decoded, scanned and parsed: %s', (_, text) => {
    expect(steps(text)).toBeGreaterThan(3 * Math.floor(Buffer.byteLength(text) / 65_536));
  });

  it('names its faults in steps too', () => {
    const text = `[${list('"\\\\ud800"', 100_000)},9007199254740993]`;
    const computation = parsingJson(Buffer.from(text));
    let count = 0;
    expect(() => {
      for (const _ of computation) count += 1;
    }).toThrow('has a fault at /1: it is 9007199254740993, which a double cannot represent exactly');
    expect(count).toBeGreaterThan(4 * Math.floor(text.length / 65_536));
  });

  it('that is short, is parsed without a step', () => {
    expect(steps(list('{"a":1}', 1_000))).toBe(0);
  });

  it.each([
    ['a text', `"${'x'.repeat(LONGEST_STRETCH)}"`],
    ['a text of escapes', `"${'\\u0041'.repeat(LONGEST_STRETCH / 5)}"`],
    ['a text with commas', `"${','.repeat(LONGEST_STRETCH)}"`],
    ['a number', '1'.repeat(LONGEST_STRETCH + 1)],
    ['space', `${' '.repeat(LONGEST_STRETCH)}1`],
    ['space in nested lists', `${`[${' '.repeat(LONGEST_STRETCH / 4)}`.repeat(5)}1`],
  ])('may have only so many bytes without a comma: %s', (_, element) => {
    expect(outcomeOf(() => stepped(parsingJson(Buffer.from(`[1,${element},2]`))).value)).toMatchObject({
      code: 'excessive',
      message: 'has more than 1048576 bytes without a comma',
    });
  });
});
