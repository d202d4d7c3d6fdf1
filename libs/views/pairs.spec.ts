import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { bothOf, distinct, union, type Outcome } from './finding.js';
import { everyPair } from './pairs.js';

/** A value of a class; class 0 has no value. */
interface Value {
  readonly class: number;
  readonly text: string;
}

const classOf = ({ value }: Outcome<Value>): number => value?.class ?? 0;

/** As the sides of a crossing are joined: the worse one decides. */
function worse(a: Outcome<Value>, b: Outcome<Value>): Outcome<Value> {
  if (classOf(a) !== classOf(b)) return classOf(a) > classOf(b) ? a : b;
  return bothOf(a, b);
}

/** Joins two values as the view joins the modes of a crossing: where they differ, the result is a third value. */
function together(a: Outcome<Value>, b: Outcome<Value>): Outcome<Value> {
  const because = union(a.because, b.because);
  if (classOf(a) === classOf(b)) return { ...a, because };
  if (!a.value || !b.value) return { value: undefined, because, claimed: false };
  return { value: { class: 2, text: 'a' }, because, claimed: a.claimed || b.claimed };
}

const outcomes = fc
  .array(
    fc.record({
      value: fc.option(
        fc.record({ class: fc.integer({ min: 1, max: 3 }), text: fc.constantFrom('a', 'b', 'c') }),
        {
          nil: undefined,
        },
      ),
      because: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5', '6'), { minLength: 1, maxLength: 3 }),
      claimed: fc.boolean(),
      until: fc.record({ earliest: fc.constantFrom(1, 2), latest: fc.constantFrom(3, 4) }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => distinct<Value>(all));

describe('every pair of outcomes', () => {
  it.each([
    ['worse', worse],
    ['together', together],
  ])('gives what joining them one by one gives (%s)', (_, join) => {
    fc.assert(
      fc.property(outcomes, outcomes, (a, b) => {
        const oneByOne = distinct(a.flatMap((one) => b.map((other) => join(one, other))));
        expect(everyPair(a, b, classOf, join)).toEqual(oneByOne);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['worse', worse],
    ['together', together],
  ])('takes joins that grow with the outcomes, not with the pairs (%s)', (_, join) => {
    const many = (side: string): Outcome<Value>[] =>
      Array.from({ length: 300 }, (_, n) => ({
        value: { class: 1 + (n % 3), text: `${side}${n}` },
        because: [`${side}${n}`],
        claimed: false,
      }));
    let joins = 0;
    everyPair(many('a'), many('b'), classOf, (one, other) => {
      joins += 1;
      return join(one, other);
    });
    expect(joins).toBeLessThan(2_000);
  });
});
