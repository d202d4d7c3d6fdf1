import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellOf, combine, joinAll, switched, type Steps } from './index.js';
import { drawnEffects, says } from './spec-support.js';

const END = 40;
const instants = Array.from({ length: END + 1 }, (_, v) => v);
const said = (steps: Steps<string>) =>
  instants.map((v) => [steps.at(v), steps.next(v), steps.previous(v)].join());

/** The values of a cell as one text. */
const texts = drawnEffects({ span: 30, width: 4, atMost: 6 }).map((effects) =>
  combine([cellOf(effects)] as const, (state) => says(state).join()),
);

/** A value that changes once. */
const changing = (at: number): Steps<number> => ({
  at: (v) => (v < at ? 0 : 1),
  next: (v) => (v < at ? at : undefined),
  previous: (v) => (v < at ? undefined : at),
});

describe('the value joined from many parts', () => {
  it('is the value of joining one part after the other, at any instants in any order', () => {
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 1, maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: END }), { maxLength: 20 }),
        (parts, asked) => {
          const inTurn = combine(parts, (...values: string[]) => values.join('|'));
          const joined = joinAll(parts, (a, b) => `${a}|${b}`);
          for (const v of asked) expect(joined.at(v)).toBe(inTurn.at(v));
          expect(said(joined)).toEqual(said(inTurn));
        },
      ),
    );
  });

  it('takes a few joins for each bound, however many parts there are', () => {
    let joins = 0;
    const parts = Array.from({ length: 500 }, (_, n) => changing(n));
    const steps = joinAll(parts, (a, b) => {
      joins += 1;
      return a + b;
    });
    for (let v: number | undefined = -1; v !== undefined; v = steps.next(v)) expect(steps.at(v)).toBe(v + 1);
    expect(joins).toBeLessThan(500 + 10 * 500);
  });
});

describe('a value from several', () => {
  it('is at each instant the value of the steps that are chosen there, at any instants in any order', () => {
    fc.assert(
      fc.property(
        texts,
        texts,
        texts,
        fc.array(fc.integer({ min: 0, max: END }), { maxLength: 20 }),
        (switches, one, other, asked) => {
          const chosen = (v: number): Steps<string> => (switches.at(v).includes('a') ? one : other);
          const steps = switched(switches, chosen);
          for (const v of [...asked, ...instants]) {
            expect(steps.at(v)).toBe(chosen(v).at(v));
            const bounds = [switches.next(v), chosen(v).next(v)].filter((bound) => bound !== undefined);
            expect(steps.next(v)).toBe(bounds.length === 0 ? undefined : Math.min(...bounds));
            const starts = [switches.previous(v), chosen(v).previous(v)].filter(
              (bound) => bound !== undefined,
            );
            expect(steps.previous(v)).toBe(starts.length === 0 ? undefined : Math.max(...starts));
          }
        },
      ),
    );
  });
});
