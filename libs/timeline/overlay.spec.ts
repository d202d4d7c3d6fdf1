import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundsOf, cellOf, earliestStart, latestEnd, runAt, segments, type KnownEffect } from './index.js';
import { overlay, type CellState } from './overlay.js';
import {
  drawnEffects,
  drawnRange,
  effect,
  finished,
  runIn,
  says,
  saysInSomeWorld,
  saysInWorlds,
  worldsOf,
  type Bounds,
} from './spec-support.js';

describe('overlay', () => {
  it('is silent where nothing was said', () => {
    expect(says(overlay([], 5))).toEqual(['(silent)']);
  });

  it('lets the effect with the latest start hold, in any order of arrival', () => {
    const effects = [effect('closed', 10), effect('open', 0)];
    expect(says(overlay(effects, 9))).toEqual(['open']);
    expect(says(overlay(effects, 10))).toEqual(['closed']);
  });

  it('uncovers the lower effect when the effect above it ends', () => {
    const effects = [effect('open', 0), effect('closed', 10, 20)];
    expect(says(overlay(effects, 19))).toEqual(['closed']);
    expect(says(overlay(effects, 20))).toEqual(['open']);
  });

  it('gives the value after an end the rank of the effect itself', () => {
    const effects = [
      effect('closed', 5),
      effect('closed', 10, 20, { then: 'open' }),
      effect('shut again', 30),
    ];
    expect(says(overlay(effects, 19))).toEqual(['closed']);
    expect(says(overlay(effects, 20))).toEqual(['open']);
    expect(says(overlay(effects, 30))).toEqual(['shut again']);
  });

  it('does not let the value after an end cover an effect that began before the end', () => {
    const effects = [effect('pending', 10, 20, { then: 'lapsed' }), effect('met', 15)];
    expect(says(overlay(effects, 25))).toEqual(['met']);
  });

  it('breaks ties by the later report, then the greater id, then the ordinal', () => {
    const early = effect('early', 10, undefined, { reported: { from: 1 }, eventId: 'z' });
    const late = effect('late', 10, undefined, { reported: { from: 2 }, eventId: 'a' });
    expect(says(overlay([late, early], 10))).toEqual(['late']);
    const greater = effect('greater', 10, undefined, { reported: { from: 2 }, eventId: 'b' });
    expect(says(overlay([greater, late], 10))).toEqual(['greater']);
    expect(
      says(
        overlay(
          [effect('second', 10, undefined, { ...greater, value: 'second', ordinal: 1 } as Bounds), greater],
          10,
        ),
      ),
    ).toHaveLength(1);
  });

  it('lists both values while a vague start is passing, and is certain before and after', () => {
    const effects = [effect('open', 0), effect('closed', { earliest: 10, latest: 20 })];
    expect(says(overlay(effects, 9))).toEqual(['open']);
    expect(says(overlay(effects, 10))).toEqual(['closed', 'open']);
    expect(says(overlay(effects, 19))).toEqual(['closed', 'open']);
    expect(says(overlay(effects, 20))).toEqual(['closed']);
  });

  it('keeps an effect possible whose vague start may follow the start of another effect', () => {
    const effects = [effect('a', { earliest: 0, latest: 50 }), effect('b', 10)];
    expect(says(overlay(effects, 60))).toEqual(['a', 'b']);
    expect(says(overlay([effect('a', { earliest: 0, latest: 9 }), effect('b', 10)], 60))).toEqual(['b']);
  });

  describe('against an oracle that tries every choice', () => {
    const SPAN = 8;
    const range = drawnRange(SPAN, 3);
    const built = drawnEffects({ span: SPAN, width: 3, atMost: 4 });

    it('gives exactly the values that hold in some world', () => {
      fc.assert(
        fc.property(built, fc.integer({ min: 0, max: SPAN + 5 }), (drawn, at) => {
          expect(says(overlay(drawn, at))).toEqual(saysInWorlds(drawn, at));
        }),
        { numRuns: 1500 },
      );
    });

    it('gives them also where many vague bounds overlap', () => {
      fc.assert(
        fc.property(built, fc.integer({ min: 0, max: SPAN + 5 }), (drawn, at) => {
          expect(saysInSomeWorld(drawn, at)).toEqual(saysInWorlds(drawn, at));
        }),
      );
      const many = drawnEffects({ span: 2 * SPAN, width: SPAN, atLeast: 12, atMost: 40 });
      fc.assert(
        fc.property(many, fc.integer({ min: 0, max: 3 * SPAN }), (drawn, at) => {
          expect(says(overlay(drawn, at))).toEqual(saysInSomeWorld(drawn, at));
        }),
        { numRuns: 300 },
      );
    });

    it('changes only at the bounds of its cell', () => {
      fc.assert(
        fc.property(built, (drawn) => {
          const bounds = new Set(boundsOf(drawn));
          for (let at = 1; at <= SPAN + 5; at += 1) {
            // The order of the candidates is compared too: the views give the value of the first candidate.
            if (!bounds.has(at)) expect(overlay(drawn, at)).toEqual(overlay(drawn, at - 1));
          }
        }),
        { numRuns: 500 },
      );
    });

    it('gives timelines, since and next that agree with the answer at every instant', () => {
      const same = (a: CellState<string>, b: CellState<string>): boolean => says(a).join() === says(b).join();
      fc.assert(
        fc.property(built, fc.integer({ min: 1, max: SPAN + 3 }), (drawn, at) => {
          const cell = cellOf(drawn);
          const runs = finished(segments(cell, same, { from: 0, to: SPAN + 5 }));
          for (let v = 0; v < SPAN + 5; v += 1) {
            const run = runs.find(({ from = -Infinity, to = Infinity }) => from <= v && v < to)!;
            expect(says(run.value)).toEqual(saysInWorlds(drawn, v));
          }
          for (const [index, run] of runs.entries()) {
            if (index > 0) expect(same(run.value, runs[index - 1]!.value)).toBe(false);
          }
          const { from, to } = runAt(cell, at, same);
          if (from !== undefined) expect(same(cell.at(from - 1), cell.at(at))).toBe(false);
          if (to !== undefined) expect(same(cell.at(to), cell.at(at))).toBe(false);
          for (let v = from ?? 0; v < (to ?? SPAN + 5); v += 1)
            expect(same(cell.at(v), cell.at(at))).toBe(true);
        }),
      );
    });

    describe('a vague start and end of a certain value', () => {
      const END = SPAN + 8;
      const asked = fc.integer({ min: 1, max: SPAN + 3 });

      /** The other ends by definition: the value may have held at every instant between the two ends. */
      const otherEnds = (
        drawn: readonly KnownEffect<string>[],
        value: string,
        from?: number,
        to?: number,
      ) => {
        const mayHold = (v: number): boolean => saysInWorlds(drawn, v).includes(value);
        let earliest = from ?? -Infinity;
        while (earliest > 0 && mayHold(earliest - 1)) earliest -= 1;
        let latest = to ?? Infinity;
        while (latest < END && mayHold(latest)) {
          latest += 1;
          if (saysInWorlds(drawn, latest).join() === value) latest = Infinity;
        }
        return [earliest <= 0 ? -Infinity : earliest, latest >= END ? Infinity : latest] as const;
      };

      /** The results of the functions; undefined where the value is not certain. */
      const endsOf = (drawn: readonly KnownEffect<string>[], at: number) => {
        const cell = cellOf(drawn);
        const [value, ...others] = says(cell.at(at));
        if (value === undefined || others.length > 0) return undefined;
        const mayHold = (state: CellState<string>): boolean => says(state).includes(value);
        const surelyHolds = (state: CellState<string>): boolean => says(state).join() === value;
        const { from, to } = runAt(cell, at, (a, b) => says(a).join() === says(b).join());
        const earliest = from === undefined ? -Infinity : earliestStart(cell, from, mayHold);
        const latest = to === undefined ? Infinity : (latestEnd(cell, to, mayHold, surelyHolds) ?? Infinity);
        return { value, from, to, earliest: earliest <= 0 ? -Infinity : earliest, latest };
      };

      it('have the ends of the definition, and every world is within them', () => {
        fc.assert(
          fc.property(built, asked, (all, at) => {
            const drawn = all.slice(0, 3);
            const found = endsOf(drawn, at);
            if (!found) return;
            const { value, from, to, earliest, latest } = found;
            expect([earliest, latest]).toEqual(otherEnds(drawn, value, from, to));
            const runs = worldsOf(drawn).map((world) => runIn(world, at, END));
            const starts = runs.map(([start]) => start);
            const ends = runs.map(([, end]) => end);
            expect(Math.max(...starts)).toBe(from ?? -Infinity);
            expect(Math.min(...ends)).toBe(to ?? Infinity);
            expect(earliest).toBeLessThanOrEqual(Math.min(...starts));
            expect(latest).toBeGreaterThanOrEqual(Math.max(...ends));
          }),
          { numRuns: 400 },
        );
      });

      it('have the ends of the report, where one report alone decides', () => {
        fc.assert(
          fc.property(range, range, asked, (from, until, at) => {
            const drawn = [effect('open', 0), effect('closed', from, until)];
            const found = endsOf(drawn, at);
            if (!found) return;
            const runs = worldsOf(drawn).map((world) => runIn(world, at, END));
            expect(found.earliest).toBe(Math.min(...runs.map(([start]) => start)));
            expect(found.latest).toBe(Math.max(...runs.map(([, end]) => end)));
          }),
        );
      });
    });
  });
});
