import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolve, type Instant, type Range } from '#time';
import { cellOf, isDay, runAt, type CellState, type KnownEffect } from './index.js';
import { effect, type Bounds } from './spec-support.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HALF = DAY / 2;

const exactly = (instant: Instant): Range => ({ earliest: instant, latest: instant });
/** The nth day, known as a date. */
const day = (n: number): Range => ({ earliest: n * DAY, latest: (n + 1) * DAY - 1 });
/** The end of the nth day: it is the start of the next day. */
const throughDay = (n: number): Range => exactly((n + 1) * DAY);

const term = (value: string, from: Range, until?: Range, more: Bounds = {}) =>
  effect(value, from, until, { claimant: 'eu.council', ...more });

function says({ candidates, silent }: CellState): string {
  return [...new Set([...candidates.map(({ value }) => String(value)), ...(silent ? ['(silent)'] : [])])]
    .sort()
    .join('|');
}

const same = (a: CellState, b: CellState): boolean => says(a) === says(b);
const around = (cell: ReturnType<typeof cellOf>, boundary: Instant): string[] =>
  [boundary - 1, boundary, boundary + HALF, boundary + DAY].map((v) => says(cell.at(v)));

describe('a term that begins on the day after another ends', () => {
  it('meets the earlier term: there is no gap, and the run is unbroken from the first start', () => {
    const terms = [0, 1, 2].map((n) =>
      term('in force', n === 0 ? exactly(0) : day(10 * n), throughDay(10 * n + 9), { then: 'expired' }),
    );
    const cell = cellOf(terms);
    expect(around(cell, 10 * DAY)).toEqual(['in force', 'in force', 'in force', 'in force']);
    expect(runAt(cell, 25 * DAY, same)).toMatchObject({ from: 0, to: 30 * DAY });
  });

  it('meets the earlier term also with another value: the end of the first value is the start of the second', () => {
    const cell = cellOf([term('closed', day(1), throughDay(4)), term('restricted', day(5))]);
    expect(around(cell, 5 * DAY)).toEqual(['closed', 'restricted', 'restricted', 'restricted']);
  });

  it('meets the earlier term on days of 23 and 25 hours', () => {
    for (const date of ['2025-03-30', '2025-10-26', '2025-10-27']) {
      const from = resolve(date, 'Europe/Vilnius', 'start');
      const cell = cellOf([term('closed', day(1), exactly(from.earliest)), term('closed', from)]);
      expect(says(cell.at(from.earliest))).toBe('closed');
    }
  });

  it('meets a chain of single days', () => {
    const cell = cellOf([1, 2, 3, 4].map((n) => term('closed', day(n), throughDay(n))));
    expect(runAt(cell, 4 * DAY + HALF, same)).toMatchObject({ from: 2 * DAY - 1, to: 5 * DAY });
  });
});

describe('a term meets nothing', () => {
  const ended = term('closed', day(1), throughDay(4));
  const vague = ['closed', '(silent)|closed', '(silent)|closed', 'closed'];

  it.each([
    [
      'after a day in between',
      term('closed', day(6)),
      ['(silent)', '(silent)|closed', '(silent)|closed', 'closed'],
      6,
    ],
    ['where another claimant begins it', term('closed', day(5), undefined, { claimant: 'press' }), vague, 5],
    [
      'where it begins more vaguely than on a day',
      term('closed', { earliest: 5 * DAY, latest: 7 * DAY - 1 }),
      ['closed', '(silent)|closed', '(silent)|closed', '(silent)|closed'],
      5,
    ],
    [
      'where it begins within half a day',
      term('closed', { earliest: 5 * DAY, latest: 5 * DAY + HALF }),
      ['closed', '(silent)|closed', 'closed', 'closed'],
      5,
    ],
    [
      'where its clock times are a day apart',
      term('closed', { earliest: 5 * DAY, latest: 6 * DAY }),
      vague,
      5,
    ],
  ])('%s', (_name, next, expected, on) => {
    expect(around(cellOf([ended, next]), on * DAY)).toEqual(expected);
  });

  it('where the end of the earlier term is vague', () => {
    const ending = term('closed', day(1), { earliest: 4 * DAY, latest: 5 * DAY });
    expect(says(cellOf([ending, term('closed', day(5))]).at(5 * DAY))).toBe('(silent)|closed');
  });

  it('where its claimant had ended the earlier term by a separate act', () => {
    const cell = cellOf([ended, term('open', day(3)), term('closed', day(5))]);
    expect(around(cell, 5 * DAY)).toEqual(['open', 'closed|open', 'closed|open', 'closed']);
  });

  it('where the earlier term may never have begun', () => {
    const unsure = term('closed', { earliest: DAY, latest: 6 * DAY }, throughDay(4));
    expect(says(cellOf([unsure, term('closed', day(5))]).at(5 * DAY))).toBe('(silent)|closed');
  });
});

it('a report of another claimant in between does not separate the terms of a claimant', () => {
  const cell = cellOf([
    term('closed', day(1), throughDay(4)),
    term('open', day(3), throughDay(4), { claimant: 'press' }),
    term('closed', day(5)),
  ]);
  expect(around(cell, 5 * DAY)).toEqual(['open', 'closed', 'closed', 'closed']);
});

it.each([
  ['2025-09-16', true],
  ['2025-03-30', true],
  ['2025-10-26', true],
  ['2025-09-16/2025-09-16', true],
  ['2025-09-16T00:00', false],
  ['2025-09-16T00:00/2025-09-17T00:00', false],
  ['2025-09', false],
  ['2025-09-16~', false],
  ['2025-09-16/2025-09-17', false],
])('%s is a start known to the day: %s', (edtf, expected) => {
  expect(isDay(resolve(edtf, 'Europe/Vilnius', 'start'))).toBe(expected);
});

describe('against an oracle that tries every world', () => {
  const STARTS = 6;
  const bound = fc.nat({ max: STARTS }).map((n) => n * HALF);
  const effects = fc.array(
    fc
      .record({
        value: fc.constantFrom('a', 'b'),
        from: bound,
        kind: fc.constantFrom('exact', 'day', 'day', 'wide'),
        until: fc.option(bound, { nil: undefined, freq: 4 }),
        vagueEnd: fc.boolean(),
        then: fc.option(fc.constant('then'), { nil: undefined, freq: 2 }),
        claimant: fc.constantFrom('p', 'p', 'q'),
        reported: fc.nat({ max: 1 }),
      })
      .map(({ value, from, kind, until, vagueEnd, then, claimant, reported }) =>
        term(
          value,
          { earliest: from, latest: from + { exact: 0, day: DAY - 1, wide: HALF }[kind] },
          until === undefined
            ? undefined
            : { earliest: until - (vagueEnd && reported === 1 ? HALF : 0), latest: until },
          { claimant, reported: { from: reported }, ...(then && until !== undefined && { then }) },
        ),
      ),
    { maxLength: 3 },
  );

  it('gives exactly the values that hold in some world', () => {
    fc.assert(
      fc.property(effects, bound, fc.constantFrom(-1, 0, 1, HOUR), (drawn, at, by) => {
        expect(says(cellOf(drawn).at(at + by))).toBe(inSomeWorld(drawn, at + by));
      }),
      { numRuns: 1500 },
    );
  });
});

type World = ReadonlyMap<KnownEffect<string>, { readonly start: Instant; readonly end: Instant }>;

/**
 * The values that hold in some world. In each world, a start that meets an end is equal to that end. Worlds with independent bounds show which starts
 * meet an end.
 */
function inSomeWorld(effects: readonly KnownEffect<string>[], at: Instant): string {
  const free = effects.map((effect) => ({ effect, starts: choices(effect.from) }));
  const met = effects.map((effect) => {
    const boundary = effect.from.earliest;
    const own = free.filter((other) => other.effect.claimant === effect.claimant);
    const isADay = effect.from.latest - boundary === DAY - 1;
    const meets = isADay && worlds(own).every((world) => endsThere(world, boundary));
    return { effect, starts: meets ? [boundary] : choices(effect.from) };
  });
  return [...new Set(worlds(met).map((world) => topOf(world, at)?.value ?? '(silent)'))].sort().join('|');
}

function endsThere(world: World, boundary: Instant): boolean {
  const until = topOf(world, boundary - 1)?.effect.until;
  return until?.earliest === boundary && until.latest === boundary;
}

/** The worlds for every choice of the bounds. */
function worlds(
  effects: readonly { readonly effect: KnownEffect<string>; readonly starts: readonly Instant[] }[],
): World[] {
  return effects.reduce<World[]>(
    (some, { effect, starts }) => {
      const ends = effect.until ? choices(effect.until) : [Infinity];
      return some.flatMap((world) =>
        starts.flatMap((start) => ends.map((end) => new Map([...world, [effect, { start, end }]]))),
      );
    },
    [new Map()],
  );
}

/** The instants at the bounds of a range and around each noon and midnight in the range: enough to distinguish every order of three effects. */
function choices({ earliest, latest }: Range): Instant[] {
  const near: Instant[] = [];
  for (let bound = earliest - (earliest % HALF); bound <= latest + 1; bound += HALF) {
    near.push(bound - 1, bound, bound + 1, bound + HOUR);
  }
  return near.filter((instant) => earliest <= instant && instant <= latest);
}

function topOf(
  world: World,
  at: Instant,
): { readonly value: string; readonly effect: KnownEffect<string> } | undefined {
  const [top] = [...world]
    .filter(([effect, { start, end }]) => start <= at && (effect.then !== undefined || at < end))
    .sort(
      ([a, { start: ofA }], [b, { start: ofB }]) =>
        ofB - ofA || b.reported.from - a.reported.from || (a.eventId < b.eventId ? 1 : -1),
    );
  if (!top) return undefined;
  const [effect, { end }] = top;
  return { value: effect.then !== undefined && at >= end ? effect.then : effect.value, effect };
}
