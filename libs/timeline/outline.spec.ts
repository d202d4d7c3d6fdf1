import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellOf, earliestStart, latestEnd, outlineOf, runAt, type CellState } from './index.js';
import { drawnEffects, effect, says } from './spec-support.js';

const SPAN = 20;
const END = SPAN + 12;
const instants = Array.from({ length: END + 1 }, (_, v) => v);

/** Some effects meet the end of a term: they start at their earliest instant. */
const drawn = fc
  .tuple(
    drawnEffects({ span: SPAN, width: 10, atLeast: 1, atMost: 40 }),
    fc.array(fc.boolean(), { minLength: 40 }),
  )
  .map(([effects, met]) => effects.map((one, n) => (met[n] ? { ...one, meets: true as const } : one)));

const same = (a: CellState<string>, b: CellState<string>): boolean => says(a).join() === says(b).join();

describe('the outline of a cell', () => {
  it('has the classes of the cell at every instant, and is silent where the cell may be silent', () => {
    const classOf = (value: string): string => (value < 'c' ? 'first' : 'last');
    const classesIn = ({ candidates, silent }: CellState<string>) => [
      silent,
      [...new Set(candidates.map(({ value }) => classOf(value)))].sort(),
    ];
    fc.assert(
      fc.property(drawn, (effects) => {
        const [cell, outline] = [cellOf(effects), outlineOf(effects, classOf)];
        for (const v of instants) expect(classesIn(outline.at(v))).toEqual(classesIn(cell.at(v)));
      }),
      { numRuns: 500 },
    );
  });

  it('has a first candidate of the same class as the cell, where this is asked for', () => {
    const classOf = (value: string): string => (value < 'c' ? 'first' : 'last');
    const firstIn = ({ candidates: [first] }: CellState<string>) => first && classOf(first.value);
    fc.assert(
      fc.property(drawn, (effects) => {
        const [cell, outline] = [cellOf(effects), outlineOf(effects, classOf, true)];
        for (const v of instants) expect(firstIn(outline.at(v))).toBe(firstIn(cell.at(v)));
      }),
      { numRuns: 500 },
    );
  });

  it('has a bound only where a class comes or goes', () => {
    fc.assert(
      fc.property(drawn, (effects) => {
        const outline = outlineOf(effects, (value) => value);
        const bounds = instants.filter((v) => v > 0 && !same(outline.at(v - 1), outline.at(v)));
        for (const v of instants) {
          expect(outline.next(v)).toBe(bounds.find((bound) => bound > v));
          expect(outline.previous(v)).toBe(bounds.findLast((bound) => bound <= v));
        }
      }),
    );
  });

  it('gives the same runs as the cell', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: END }), (effects, at) => {
        const ends = [cellOf(effects), outlineOf(effects, (value) => value)].map((steps) => {
          const [value = ''] = says(steps.at(at));
          const mayHold = (state: CellState<string>): boolean => says(state).includes(value);
          const surelyHolds = (state: CellState<string>): boolean => says(state).join() === value;
          const { from, to } = runAt(steps, at, same);
          return {
            ...{ from, to },
            earliest: from === undefined ? undefined : earliestStart(steps, from, mayHold),
            latest: to === undefined ? undefined : latestEnd(steps, to, mayHold, surelyHolds),
          };
        });
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: 300 },
    );
  });

  it('has one state where thousands of vague effects overlap and say the same', () => {
    const effects = Array.from({ length: 4000 }, (_, n) =>
      effect('closed', { earliest: n, latest: 10_000 + n }),
    );
    const outline = outlineOf(effects, (value) => value);
    expect(outline.next(0)).toBe(10_000);
    expect(outline.next(10_000)).toBeUndefined();
    expect(outline.at(12_000).candidates.length).toBeLessThan(4);
  });
});
