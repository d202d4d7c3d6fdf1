import { expect } from '@jest/globals';
import type Database from 'better-sqlite3';
import { correctionOf, effectsOf, type Payload, type StoredDevelopment } from '#events';
import type { RecordedEvent } from '#log';
import {
  cellKey,
  cellOf,
  isVisible,
  ledgerOf,
  versionsOf,
  type CellState,
  type KnownEffect,
  type RecordedCorrection,
} from '#timeline';
import { State } from '#views';
import type { Cell } from '../../libs/views/sqlite/cell.js';
import type { CellReader } from '../../libs/views/sqlite/cell-reader.js';
import type { EffectFilter } from '../../libs/views/sqlite/effect-filter.js';
import { DAYS, noon } from './drawn.js';

/**
 * The effects that are known, computed from the recorded events by the definitions alone. Each development that was recorded up to the cut has the
 * version that is current after the corrections recorded up to the cut, and the effects of that version.
 */
export function oracle(recorded: readonly RecordedEvent[], scope: EffectFilter): Map<string, KnownEffect[]> {
  const { knownAt, recordedAt = Infinity, accordingTo, minReliability } = scope;
  const seen = recorded.filter(({ sequence }) => sequence <= recordedAt).map(storedOf);
  const cells = new Map<string, KnownEffect[]>();
  for (const root of seen.filter((event) => !correctionOf(event))) {
    const versions = versionsOf(
      { id: root.id, content: root, reported: reportOf(root) },
      seen.flatMap((event) => recordedCorrection(event) ?? []),
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

export const storedOf = ({ id, type, schemaVersion, payload }: RecordedEvent): StoredDevelopment => ({
  id,
  type,
  schemaVersion,
  payload: payload as Payload,
});

const reportOf = ({ payload }: StoredDevelopment): number => Date.parse(payload.reportedAt.latest);

const isAtLeast = (code: string, least: string): boolean => code[0]! <= least[0]! && code[1]! <= least[1]!;

function recordedCorrection(event: StoredDevelopment): RecordedCorrection<StoredDevelopment> | undefined {
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

/** A state whose cells come from the oracle: every view over the definitions. */
export function oracleState(recorded: readonly RecordedEvent[]): State {
  const known = new Map<string, Map<string, KnownEffect[]>>();
  const cellsOfAll = (category: string, scope: EffectFilter): Map<string, Cell[]> => {
    const bySubject = new Map<string, Cell[]>();
    const key = JSON.stringify(scope, ['knownAt', 'recordedAt', 'accordingTo', 'minReliability']);
    const cells = known.get(key) ?? oracle(recorded, scope);
    known.set(key, cells);
    for (const [name, effects] of [...cells].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [stream = '', aspect = '', key] = name.split(' ');
      if (!stream.startsWith(`${category}-`)) continue;
      const subject = stream.slice(category.length + 1);
      const { rule } = effects[0]!;
      const steps = rule === 'ledger' ? ledgerOf(effects) : cellOf(effects);
      const cell = { category, subject, aspect, key: key as Cell['key'], rule, ...steps };
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), cell]);
    }
    return bySubject;
  };
  const cellsOf = (category: string, subject: string, scope: EffectFilter) =>
    cellsOfAll(category, scope).get(subject) ?? [];
  const subjects = new Set(
    recorded
      .map(storedOf)
      .flatMap((event) => correctionOf(event) ?? { replacement: event })
      .flatMap(({ replacement }) => (replacement ? effectsOf(replacement) : []))
      .map(({ subject }) => subject),
  );
  const subjectsOf = (category: string): string[] =>
    [...subjects]
      .filter((stream) => stream.startsWith(`${category}-`))
      .map((stream) => stream.slice(category.length + 1))
      .sort();
  // The state may not assume that two questions have the same answers.
  const unknown = {
    rowsOf: () => [],
    around: () => undefined,
    refresh: () => undefined,
    load: () => undefined,
    keep: () => undefined,
  };
  return new State({ ...unknown, cellsOfAll, cellsOf, opened: cellsOf, subjectsOf } as unknown as CellReader);
}

function says({ candidates, silent }: CellState): string {
  const said = candidates.map(
    ({ value, effect: { because, meets } }) =>
      `${JSON.stringify(value)} by ${because.join()}${meets ? ', which meets an end' : ''}`,
  );
  return [...said, ...(silent ? ['silent'] : [])].join('; ');
}

/** Compares every cell at every bound, and one millisecond before and after each bound. */
export function compareWithOracle(
  reader: CellReader,
  db: Database.Database,
  recorded: readonly RecordedEvent[],
  scope: EffectFilter,
): void {
  const expected = oracle(recorded, scope);
  const nameOf = (cell: Cell): string => `${cell.category}-${cell.subject} ${cell.aspect} ${cell.key}`;
  const faults: string[] = [];
  const known = new Set<string>();
  for (const category of db.prepare<[], string>('SELECT DISTINCT category FROM cells').pluck().all()) {
    const cells = [...reader.cellsOfAll(category, scope).values()].flat();
    for (const cell of cells) {
      const name = nameOf(cell);
      const effects = expected.get(name) ?? [];
      const defined = cell.rule === 'ledger' ? ledgerOf(effects) : cellOf(effects);
      known.add(name);
      for (const v of instantsOf(effects)) {
        const [said, due] = [says(cell.at(v)), says(defined.at(v))];
        if (said !== due) faults.push(`${name} at ${v} is ${said}, and not ${due}`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect([...expected.keys()].filter((name) => !known.has(name))).toEqual([]);
}

function instantsOf(effects: readonly KnownEffect[]): number[] {
  const bounds = effects.flatMap(({ from, until }) => [
    from.earliest,
    from.latest,
    until?.earliest,
    until?.latest,
  ]);
  const around = bounds.flatMap((bound) => (bound === undefined ? [] : [bound - 1, bound, bound + 1]));
  return [noon(-40), ...new Set(around), noon(DAYS + 40)];
}
