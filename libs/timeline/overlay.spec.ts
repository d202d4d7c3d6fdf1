import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant, Range } from '#time';
import { boundsOf, cellOf, earliestStart, latestEnd, runAt, segments, type KnownEffect } from './index.js';
import { overlay, type CellState } from './overlay.js';

function finished<T>(computation: Generator<void, T, void>): T {
  let next = computation.next();
  while (next.done !== true) next = computation.next();
  return next.value;
}

type Bounds = Partial<Omit<KnownEffect<string>, 'value'>>;

let serial = 0;
function effect(
  value: string,
  from: Range | number,
  until?: Range | number,
  more: Bounds & { then?: string } = {},
) {
  const range = (bound: Range | number): Range =>
    typeof bound === 'number' ? { earliest: bound, latest: bound } : bound;
  serial += 1;
  return {
    subject: 'x',
    aspect: 'status',
    rule: 'authority',
    value,
    from: range(from),
    ...(until !== undefined && { until: range(until) }),
    claimant: 'lt',
    eventId: `e${String(serial).padStart(3, '0')}`,
    ordinal: 0,
    because: [],
    standing: 'act',
    reliability: 'A1',
    reported: { from: 0 },
    recorded: { from: serial },
    ...more,
  } satisfies KnownEffect<string> as KnownEffect<string>;
}

/** An answer without its grounds. */
function says(answer: CellState<string>): string[] {
  return [
    ...new Set([...answer.candidates.map((held) => held.value), ...(answer.silent ? ['(silent)'] : [])]),
  ].sort();
}

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
    const range = fc
      .tuple(fc.integer({ min: 1, max: SPAN }), fc.integer({ min: 0, max: 3 }))
      .map(([earliest, width]) => ({ earliest, latest: earliest + width }));
    const effects = fc.array(
      fc.record({
        value: fc.constantFrom('a', 'b', 'c'),
        from: range,
        until: fc.option(range, { nil: undefined }),
        then: fc.option(fc.constantFrom('b', 'd'), { nil: undefined }),
        reported: fc.integer({ min: 0, max: 2 }),
        id: fc.constantFrom('p', 'q', 'r'),
      }),
      { maxLength: 4 },
    );
    const built = effects.map((drawn) =>
      drawn.map(({ value, from, until, then, reported, id }, ordinal) =>
        effect(value, from, until, {
          ...(then && until && { then }),
          reported: { from: reported },
          eventId: id,
          ordinal,
        }),
      ),
    );

    it('gives exactly the values that hold in some world', () => {
      fc.assert(
        fc.property(built, fc.integer({ min: 0, max: SPAN + 5 }), (drawn, at) => {
          expect(says(overlay(drawn, at))).toEqual(saysOracle(drawn, at));
        }),
        { numRuns: 1500 },
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
            expect(says(run.value)).toEqual(saysOracle(drawn, v));
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
        const mayHold = (v: number): boolean => saysOracle(drawn, v).includes(value);
        let earliest = from ?? -Infinity;
        while (earliest > 0 && mayHold(earliest - 1)) earliest -= 1;
        let latest = to ?? Infinity;
        while (latest < END && mayHold(latest)) {
          latest += 1;
          if (saysOracle(drawn, latest).join() === value) latest = Infinity;
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
            const runs = worldsOf(drawn).map((world) => runIn(drawn, world, at, END));
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
            const runs = worldsOf(drawn).map((world) => runIn(drawn, world, at, END));
            expect(found.earliest).toBe(Math.min(...runs.map(([start]) => start)));
            expect(found.latest).toBe(Math.max(...runs.map(([, end]) => end)));
          }),
        );
      });
    });
  });
});

/** The possible values from the definition: every choice of every bound is tried. */
function saysOracle(effects: readonly KnownEffect<string>[], at: Instant): string[] {
  return [...new Set(worldsOf(effects).map((world) => outcomeOf(effects, world, at)))].sort();
}

type World = readonly (readonly [start: number, end: number])[];

/**
 * The time around `at` in which one world has one value without a break; infinite where it reaches the start or the end of the instants that are
 * tried.
 */
function runIn(
  effects: readonly KnownEffect<string>[],
  world: World,
  at: Instant,
  end: Instant,
): [start: number, end: number] {
  const value = outcomeOf(effects, world, at);
  let [first, last] = [at, at];
  while (first > 0 && outcomeOf(effects, world, first - 1) === value) first -= 1;
  while (last < end && outcomeOf(effects, world, last + 1) === value) last += 1;
  return [first === 0 ? -Infinity : first, last === end ? Infinity : last + 1];
}

function worldsOf(effects: readonly KnownEffect<string>[]): World[] {
  const choices = effects.map(({ from, until }) =>
    instantsOf(from).flatMap((start) =>
      until ? instantsOf(until).map((end) => [start, end] as const) : [[start, Infinity] as const],
    ),
  );
  return choices.reduce<World[]>(
    (worlds, some) => worlds.flatMap((world) => some.map((choice) => [...world, choice])),
    [[]],
  );
}

function outcomeOf(effects: readonly KnownEffect<string>[], world: World, at: Instant): string {
  const active = effects
    .map((effect, index) => ({ effect, start: world[index]![0], end: world[index]![1] }))
    .filter(({ effect, start, end }) => start <= at && (effect.then !== undefined || at < end))
    .sort(
      (a, b) =>
        b.start - a.start ||
        b.effect.reported.from - a.effect.reported.from ||
        (a.effect.eventId === b.effect.eventId
          ? b.effect.ordinal - a.effect.ordinal
          : a.effect.eventId < b.effect.eventId
            ? 1
            : -1),
    );
  const top = active[0];
  if (!top) return '(silent)';
  return top.effect.then !== undefined && at >= top.end ? top.effect.then : top.effect.value;
}

function instantsOf({ earliest, latest }: Range): number[] {
  return Array.from({ length: latest - earliest + 1 }, (_, index) => earliest + index);
}
