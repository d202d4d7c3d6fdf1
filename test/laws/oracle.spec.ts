import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { correctionOf, effectsOf, type Payload, type StoredDevelopment } from '#events';
import type { RecordedEvent } from '#log';
import {
  cellKey,
  cellOf,
  isVisible,
  ledgerOf,
  versionsOf,
  type Answer,
  type KnownEffect,
  type Note,
} from '#timeline';
import { CellReader, type Cell, type Scope } from '../../libs/views/sqlite/cell-reader.js';
import { openDatabase } from '../../libs/views/sqlite/database.js';
import { Projection } from '../../libs/views/sqlite/projection.js';
import { DAYS, developments, noon, type Drawing } from './drawn.js';
import { withPipelines } from './pipeline.js';

/**
 * What is known straight from the recorded events, by the definitions alone: of every development recorded up to the cut,
 * the version that its notes recorded up to the cut leave standing, and that version's effects.
 */
function oracle(recorded: readonly RecordedEvent[], scope: Scope): Map<string, KnownEffect[]> {
  const { knownAt, recordedAt = Infinity, accordingTo, minReliability } = scope;
  const seen = recorded.filter(({ sequence }) => sequence <= recordedAt).map(storedOf);
  const cells = new Map<string, KnownEffect[]>();
  for (const root of seen.filter((event) => !correctionOf(event))) {
    const versions = versionsOf(
      { id: root.id, content: root, reported: reportOf(root) },
      seen.flatMap((event) => noteOf(event) ?? []),
    );
    for (const { content, because, reported } of versions) {
      const { standing, reliability } = content.payload.attribution;
      effectsOf(content).forEach((effect, ordinal) => {
        const known = { ...effect, eventId: content.id, ordinal, because, standing, reliability, reported };
        const whole = { ...known, recorded: { from: 0 } };
        if (!isVisible(whole, knownAt === undefined ? {} : { knownAt })) return;
        const isSaid = effect.aspect !== 'registration';
        if (isSaid && accordingTo !== undefined && effect.claimant !== accordingTo) return;
        if (isSaid && minReliability !== undefined && !isAtLeast(reliability, minReliability)) return;
        const name = `${effect.subject} ${effect.aspect} ${cellKey(effect.rule, standing, effect.claimant)}`;
        cells.set(name, [...(cells.get(name) ?? []), whole]);
      });
    }
  }
  return cells;
}

const storedOf = ({ id, type, schemaVersion, payload }: RecordedEvent): StoredDevelopment => ({
  id,
  type,
  schemaVersion,
  payload: payload as Payload,
});

const reportOf = ({ payload }: StoredDevelopment): number => Date.parse(payload.reportedAt.latest);

const isAtLeast = (code: string, least: string): boolean => code[0]! <= least[0]! && code[1]! <= least[1]!;

function noteOf(event: StoredDevelopment): Note<StoredDevelopment> | undefined {
  const correction = correctionOf(event);
  if (!correction) return undefined;
  const { target, kind, replacement } = correction;
  return {
    id: event.id,
    target,
    kind,
    reported: reportOf(event),
    ...(replacement && { replacement: { content: replacement, reported: reportOf(replacement) } }),
  };
}

function says({ held, silent }: Answer): string {
  const said = held.map(({ value, effect }) => `${JSON.stringify(value)} by ${effect.because.join()}`);
  return [...said, ...(silent ? ['silent'] : [])].join('; ');
}

const scopes: fc.Arbitrary<Scope[]> = fc.array(
  fc.record(
    {
      knownAt: fc.integer({ min: 0, max: DAYS + 6 }).map(noon),
      recordedAt: fc.integer({ min: 0, max: 45 }),
      accordingTo: fc.constantFrom('lt.government', 'press.ap'),
      minReliability: fc.constantFrom('B2', 'C4'),
    },
    { requiredKeys: [] },
  ),
  { minLength: 3, maxLength: 5 },
);

const CROSSING = /^crossing\.(closed|reopened|restricted)$/;

describe.each([
  ['read whole', 1000],
  ['walked', 0],
])('every cell, %s', (_name, small) => {
  const answersAsDefined = (drawing: Omit<Drawing, 'atMost'>, numRuns: number) =>
    fc.assert(
      fc.asyncProperty(developments({ ...drawing, atLeast: 2, atMost: 40 }), scopes, (events, asked) =>
        withPipelines(1, async ({ log }) => {
          await log.append(events);
          const recorded: RecordedEvent[] = [];
          for await (const event of log.read()) recorded.push(event);
          const db = openDatabase(':memory:');
          const projection = new Projection(db, 3);
          const roots = new Map(
            recorded.filter((event) => !correctionOf(storedOf(event))).map((e) => [e.id, e]),
          );
          for (const event of recorded) projection.apply(event, roots);
          const reader = new CellReader(db, small);
          for (const scope of asked) compare(reader, db, recorded, scope);
          db.close();
        }),
      ),
      { numRuns },
    );

  it('answers as the definitions do on all three axes, for one crossing', () =>
    answersAsDefined({ only: CROSSING }, 20));

  it('answers so where no time is vague, and many are the same', () =>
    answersAsDefined({ only: CROSSING, exact: true }, 20));

  it('answers so for developments of every kind', () => answersAsDefined({}, 20));
});

/** Compares every cell at every bound, and just before and after it; asked one by one, and all of a category at once. */
function compare(
  reader: CellReader,
  db: Database.Database,
  recorded: readonly RecordedEvent[],
  scope: Scope,
): void {
  const expected = oracle(recorded, scope);
  const nameOf = (cell: Cell): string => `${cell.category}-${cell.subject} ${cell.aspect} ${cell.key}`;
  const defined = (cell: Cell, v: number): string => {
    const effects = expected.get(nameOf(cell)) ?? [];
    return says((cell.rule === 'ledger' ? ledgerOf(effects) : cellOf(effects)).at(v));
  };
  const known = new Set<string>();
  for (const category of db.prepare<[], string>('SELECT DISTINCT category FROM cells').pluck().all()) {
    const cells = [...reader.cellsOfAll(category, scope).values()].flat();
    for (const cell of cells) {
      known.add(nameOf(cell));
      for (const v of instantsOf(expected.get(nameOf(cell)))) expect(says(cell.at(v))).toBe(defined(cell, v));
    }
    const [some = noon(0), other = noon(1)] = cells
      .flatMap((cell) => expected.get(nameOf(cell)) ?? [])
      .map(({ from }) => from.latest);
    for (const at of [some, other, noon(DAYS)]) {
      for (const cell of [...reader.cellsOfAll(category, scope, { at }).values()].flat()) {
        expect(says(cell.at(at))).toBe(defined(cell, at));
        expect(says(cell.at(at + 1))).toBe(defined(cell, at + 1));
      }
    }
  }
  expect([...expected.keys()].filter((name) => !known.has(name))).toEqual([]);
}

function instantsOf(effects: readonly KnownEffect[] = []): number[] {
  const bounds = effects.flatMap(({ from, until }) => [
    from.earliest,
    from.latest,
    until?.earliest,
    until?.latest,
  ]);
  const around = bounds.flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]));
  return [noon(-40), ...new Set(around), noon(DAYS + 40)];
}
