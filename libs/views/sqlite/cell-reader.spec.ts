import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WriteMemory } from '#sqlite';
import type { Range } from '#time';
import { cellOf, isVisible, overlay, runAt, type CellState, type Effect, type KnownEffect } from '#timeline';
import { CellReader } from './cell-reader.js';
import { isWithin } from './cell-stretches.js';
import type { EffectFilter } from './effect-filter.js';
import { openDatabase } from './database.js';
import { ReusedTables } from './spec-support.js';
import type { VersionOrigin } from './table-columns.js';
import { EffectsTable } from './effects-table.js';

interface Drawn {
  readonly effect: Effect<string>;
  readonly origin: VersionOrigin;
  readonly begins: number;
  readonly ends?: number;
}

const HALF_DAY = 43_200_000;
const quarters = (n: number): number => (n * HALF_DAY) / 2;

/** Instants and ranges that begin at noon or midnight; and whole days, whose start may meet an end. */
const range = fc
  .tuple(
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom('exact', 'exact', 'exact', 'day', 'day', 'day', 'wide'),
  )
  .map(([halfDays, kind]) => {
    const earliest = halfDays * HALF_DAY;
    return { earliest, latest: earliest + { exact: 0, day: 2 * HALF_DAY - 1, wide: 4 * HALF_DAY }[kind] };
  });

/** The instants around every bound that can be drawn. */
const instants = Array.from({ length: 18 }, (_, halfDays) =>
  [-1, 0, 1].map((by) => halfDays * HALF_DAY + by),
).flat();
const instant = fc.constantFrom(...instants);

const drawnWith = (range: fc.Arbitrary<Range>, value: fc.Arbitrary<string>) =>
  fc
    .array(
      fc.record({
        value,
        from: range,
        until: fc.option(range, { nil: undefined }),
        then: fc.option(fc.constantFrom('open', 'expired'), { nil: undefined, freq: 3 }),
        claimant: fc.constantFrom('lt', 'by'),
        /** Whether the claimant continues on the day after the earlier effect ends. */
        follows: fc.boolean(),
        reliability: fc.constantFrom('A1', 'B2', 'F6'),
        reported: fc.integer({ min: -8, max: 30 }).map(quarters),
        known: fc.option(fc.integer({ min: 1, max: 10 }).map(quarters), { nil: undefined, freq: 3 }),
        stands: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined, freq: 3 }),
      }),
      { minLength: 1, maxLength: 40, size: '+1' },
    )
    .map((rows) =>
      rows.map((row, index) => {
        const { until, claimant } = rows[index - 1] ?? {};
        if (!row.follows || !until || !claimant || until.earliest < until.latest) return row;
        return { ...row, claimant, from: { ...until, latest: until.latest + 2 * HALF_DAY - 1 } };
      }),
    )
    .map((rows): Drawn[] =>
      rows.map((row, index) => ({
        effect: {
          subject: 'crossing-x',
          aspect: 'status/*/*',
          rule: 'authority',
          value: row.value,
          from: row.from,
          ...(row.until && { until: row.until }),
          ...(row.until && row.then && { then: row.then }),
          claimant: row.claimant,
        },
        origin: {
          eventId: `event-${(index * 7) % 40}-${index}`,
          because: [`event-${(index * 7) % 40}-${index}`],
          standing: 'act',
          reliability: row.reliability,
          reported: {
            from: row.reported,
            ...(row.known !== undefined && { until: row.reported + row.known }),
          },
        },
        begins: index + 1,
        ...(row.stands !== undefined && { ends: index + 1 + row.stands }),
      })),
    );
const drawn = drawnWith(range, fc.constantFrom('open', 'closed', 'restricted'));
/** Effects without vague bounds, often with the same value as the effect before. */
const drawnExact = drawnWith(
  range.map(({ earliest }) => ({ earliest, latest: earliest })),
  fc.constantFrom('open', 'open', 'open', 'closed'),
);

/** Effects that are each reported at the same time after its start. */
const drawnLong = fc
  .tuple(
    drawnWith(range, fc.constantFrom('open', 'open', 'closed', 'restricted')),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([rows, delay]) =>
    rows.map(({ origin, ...row }) => {
      const { from, until } = origin.reported;
      const soon = row.effect.from.earliest + quarters(delay - 1);
      const reported = { from: soon, ...(until !== undefined && { until: soon + until - from }) };
      return { ...row, origin: { ...origin, reported } };
    }),
  );

const cut = {
  knownAt: fc.integer({ min: 0, max: 40 }).map(quarters),
  recordedAt: fc.integer({ min: 0, max: 60 }),
};
const voice = {
  accordingTo: fc.constantFrom('lt', 'by'),
  minReliability: fc.constantFrom('A1', 'B2', 'C3'),
};
const filter: fc.Arbitrary<EffectFilter> = fc.record({ ...cut, ...voice }, { requiredKeys: [] });

const tables = new ReusedTables();
afterAll(() => tables.close());

/** A table that got the effects one sequence at a time, read whole or walked. It is valid until the next table is made. */
function tableOf(rows: readonly Drawn[], small: number): CellReader {
  const db = tables.emptied();
  const table = new EffectsTable(db, new WriteMemory(), 3);
  const last = Math.max(...rows.map(({ begins, ends = 0 }) => Math.max(begins, ends)));
  for (let sequence = 1; sequence <= last; sequence += 1) {
    for (const row of rows) {
      if (row.ends === sequence) table.end([row.effect], row.origin, sequence);
      if (row.begins === sequence) table.begin([row.effect], row.origin, sequence);
    }
  }
  return new CellReader(db, small);
}

/** The drawn effects, filtered as `EffectFilter` is defined. */
function oracle(
  rows: readonly Drawn[],
  { accordingTo, minReliability, ...cut }: EffectFilter,
): KnownEffect<string>[] {
  return rows
    .map(({ effect, origin, begins, ends }) => ({
      ...effect,
      ...origin,
      ordinal: 0,
      recorded: { from: begins, ...(ends !== undefined && { until: ends }) },
    }))
    .filter(
      (effect) =>
        isVisible(effect, cut) &&
        (accordingTo === undefined || effect.claimant === accordingTo) &&
        (minReliability === undefined ||
          (effect.reliability.charAt(0) <= minReliability.charAt(0) &&
            effect.reliability.charAt(1) <= minReliability.charAt(1))),
    );
}

function says(answer: CellState): string {
  const held = answer.candidates.map(({ value, effect }) => `${String(value)} by ${effect.eventId}`);
  return [...held, ...(answer.silent ? ['silent'] : [])].join(', ');
}

const valuesOf = ({ candidates, silent }: CellState): string =>
  [...new Set([...candidates.map(({ value }) => String(value)), ...(silent ? ['silent'] : [])])]
    .sort()
    .join();

/** Whether the same values are possible. The likelier of two effects may change between two bounds, and the events behind a value at any bound. */
function same(a: CellState, b: CellState): boolean {
  return valuesOf(a) === valuesOf(b);
}

describe.each([
  ['read whole', 1000],
  ['walked', 0],
])('a cell that is %s', (_name, small) => {
  it('gives the answers of the definition, for every instant, cut and voice', () => {
    fc.assert(
      fc.property(drawn, filter, (rows, asked) => {
        const [cell] = tableOf(rows, small).cellsOf('crossing', 'x', asked);
        const effects = oracle(rows, asked);
        const defined = cellOf(effects);
        expect(instants.map((at) => says(cell!.at(at)))).toEqual(instants.map((at) => says(defined.at(at))));
      }),
      { numRuns: 100 },
    );
  });

  it('gives the start and the end of each run as the definition does', () => {
    fc.assert(
      fc.property(fc.oneof(drawn, drawnExact), filter, instant, (rows, asked, at) => {
        const [cell] = tableOf(rows, small).cellsOf('crossing', 'x', asked);
        const expected = runAt(cellOf(oracle(rows, asked)), at, same);
        const run = runAt(cell!, at, same);
        expect({ from: run.from, to: run.to }).toEqual({ from: expected.from, to: expected.to });
      }),
      { numRuns: 200 },
    );
  });

  it('gives every effect that the cut sees, and says which starts meet an end', () => {
    fc.assert(
      fc.property(drawn, filter, (rows, asked) => {
        const [cell] = tableOf(rows, small).cellsOf('crossing', 'x', asked);
        const effects = cell!.effects!()!;
        const defined = cellOf(oracle(rows, asked));
        expect(instants.map((at) => says(overlay(effects, at)))).toEqual(
          instants.map((at) => says(defined.at(at))),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('finds the start of a run of many equal effects in a few steps', () => {
    const [row] = fc.sample(drawnExact, { seed: 1, numRuns: 1 })[0]!;
    const rows = Array.from({ length: 300 }, (_, n): Drawn => {
      const { until: _until, then: _then, ...effect } = row!.effect;
      const eventId = `event-${n}`;
      const origin = { ...row!.origin, eventId, because: [eventId], reported: { from: 1 } };
      return { effect: { ...effect, from: { earliest: n, latest: n } }, origin, begins: n + 1 };
    });
    const cells = tableOf(rows, small);
    let states = 0;
    const [cell] = cells.checked(
      () => (states += 1),
      () => cells.cellsOf('crossing', 'x', {}),
    );
    expect(
      cells.checked(
        () => (states += 1),
        () => runAt(cell!, 1_000, same).from,
      ),
    ).toBe(0);
    expect(states).toBeLessThan(10);
  });
});

describe('a cell that is read in part', () => {
  const inPart = fc.oneof(drawnExact, drawn, drawnLong);
  /** The cut for which the part is read; undefined: the cut of the question. */
  const cutOfLoad = fc.option(fc.record(cut, { requiredKeys: [] }), { nil: undefined });

  it('gives the answers of the definition, for every instant, cut and voice', () => {
    fc.assert(
      fc.property(inPart, filter, cutOfLoad, instant, instant, (rows, asked, loaded, asOf, at) => {
        const cells = tableOf(rows, 1000);
        cells.load('crossing', ['x'], { ...(loaded ?? asked), asOf });
        const [cell] = cells.cellsOf('crossing', 'x', asked);
        const defined = cellOf(oracle(rows, asked));
        expect(says(cell!.at(at))).toBe(says(defined.at(at)));
        const [whole] = new CellReader(tables.db, 1000).cellsOf('crossing', 'x', asked);
        expect(cell!.isEmpty ?? false).toBe(whole!.isEmpty ?? false);
        if (cells.rowsOf('crossing', 'x')[0]!.vague > 0) return;
        expect(cell!.next(at)).toBe(whole!.next(at));
        expect(cell!.previous(at)).toBe(whole!.previous(at));
      }),
      { numRuns: 800 },
    );
  });

  it('has the same state from one bound to the next, in a search in both directions', () => {
    fc.assert(
      fc.property(inPart, filter, cutOfLoad, instant, (rows, asked, loaded, asOf) => {
        const cells = tableOf(rows, 1000);
        cells.load('crossing', ['x'], { ...(loaded ?? asked), asOf });
        const defined = cellOf(oracle(rows, asked));
        const [later] = cells.cellsOf('crossing', 'x', asked);
        const [earlier] = cells.cellsOf('crossing', 'x', asked);
        const [next, previous] = [later!.next(asOf) ?? Infinity, earlier!.previous(asOf) ?? -Infinity];
        const same = instants.filter((at) => previous <= at && at < next);
        const one = valuesOf(defined.at(asOf));
        expect(same.map((at) => valuesOf(defined.at(at)))).toEqual(same.map(() => one));
      }),
      { numRuns: 400 },
    );
  });

  it('gives the start and the end of each run as the definition does', () => {
    fc.assert(
      fc.property(
        inPart,
        filter,
        cutOfLoad,
        instant,
        instant,
        fc.boolean(),
        (rows, asked, loaded, asOf, other, isAsOf) => {
          const cells = tableOf(rows, 1000);
          cells.load('crossing', ['x'], { ...(loaded ?? asked), asOf });
          const [cell] = cells.cellsOf('crossing', 'x', asked);
          const at = isAsOf ? asOf : other;
          const [run, expected] = [runAt(cell!, at, same), runAt(cellOf(oracle(rows, asked)), at, same)];
          expect({ from: run.from, to: run.to }).toEqual({ from: expected.from, to: expected.to });
        },
      ),
      { numRuns: 800 },
    );
  });
});

it('questions in one stretch of time have the same answer, with the same start and the same end', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        drawn,
        drawnExact,
        drawnExact.map((rows) => rows.slice(0, 4)),
      ),
      fc.record(voice, { requiredKeys: [] }),
      fc.array(fc.record(cut, { requiredKeys: [] }), { minLength: 2, maxLength: 4 }),
      (rows, heard, cuts) => {
        const cells = tableOf(rows, 1000);
        const answers = cuts.flatMap((known) =>
          instants.map((asOf) => {
            cells.load('crossing', ['x'], { ...known, asOf });
            const opened = cells.opened('crossing', 'x', { ...heard, ...known });
            const [cell] = opened;
            const run = runAt(cell!, asOf, same);
            const text = `${says(cell!.at(asOf))} from ${run.from} to ${run.to}, empty: ${cell!.isEmpty}`;
            const bounds = [cell!.previous(asOf) ?? -Infinity, cell!.next(asOf) ?? Infinity];
            const stretch = cells.around(opened, asOf);
            cells.keep(cells.rowsOf('crossing', 'x'));
            return {
              known,
              asked: { ...known, asOf },
              within: stretch && [...bounds, ...stretch],
              says: text,
            };
          }),
        );
        let compared = 0;
        for (const one of answers) {
          if (!one.within) continue;
          for (const other of answers) {
            if (!isWithin(one.within, 0, other.asked)) continue;
            if (one.known !== other.known) compared += 1;
            if (other.says !== one.says) expect(other).toEqual(one);
          }
        }
        fc.pre(compared > 0);
      },
    ),
    { numRuns: 100 },
  );
});

describe('cells of one subject', () => {
  it('are split by the rule of the aspect', () => {
    const db = openDatabase(':memory:');
    const table = new EffectsTable(db);
    const origin = (eventId: string, standing: VersionOrigin['standing']): VersionOrigin => ({
      eventId,
      because: [eventId],
      standing,
      reliability: 'B2',
      reported: { from: 1 },
    });
    const effect = (aspect: string, rule: Effect['rule'], claimant: string): Effect => ({
      subject: 'detention-x',
      aspect,
      rule,
      value: {},
      from: { earliest: 1, latest: 1 },
      claimant,
    });
    table.begin([effect('status', 'authority', 'lt')], origin('a', 'act'), 1);
    table.begin([effect('status', 'authority', 'by')], origin('b', 'observation'), 2);
    table.begin([effect('status', 'authority', 'by')], origin('c', 'claim'), 3);
    table.begin([effect('count/truck', 'perClaimant', 'by')], origin('d', 'claim'), 4);
    table.begin([effect('count/truck', 'perClaimant', 'lt')], origin('e', 'act'), 5);
    const cells = new CellReader(db).cellsOf('detention', 'x', {});
    expect(cells.map(({ aspect, key }) => `${aspect} ${key}`)).toEqual([
      'count/truck by:by',
      'count/truck by:lt',
      'status claims',
      'status facts',
    ]);
  });
});
