import {
  CORRECTION_AT,
  CORRECTION_MEMBERS,
  EFFECT_AT,
  EFFECT_MEMBERS,
  EFFECT_ORDER,
  VIEWS,
  type CellPage,
  type EffectRow,
  type StoredCell,
  type CorrectionRow,
} from '#views';
import { mergePages, type InPages } from './merge-pages.js';

/** A difference between the rebuilt and the live views. */
export interface ReplayDifference {
  /** `crossings`; the category itself where no view reads it; `corrections` for a correction. */
  readonly view: string;
  readonly subject: string;
  readonly aspect: string;
  /** The event whose effect it is. */
  readonly event: string;
  /** The members that differ, as `value: {"status":"closed"}, live {"status":"open"}`; empty where one of the two has no such effect. */
  readonly members: readonly string[];
  readonly only?: 'rebuilt' | 'live';
}

/** All rows of views, in an order that depends only on the rows. */
export interface ViewRows {
  readonly cells: InPages<CellPage>;
  readonly corrections: InPages<readonly CorrectionRow[]>;
}

/** Effects and corrections that were compared. */
export interface Compared {
  readonly count: number;
}

/** Compares all rows; holds a page of each in memory. */
export async function compare(
  rebuilt: ViewRows,
  live: ViewRows,
  onDifference: (difference: ReplayDifference) => void,
  onCompared: (count: number) => void = () => undefined,
): Promise<Compared> {
  let count = 0;
  const done = (more: number): void => onCompared((count += more));
  await mergePages(effectsIn(rebuilt.cells), effectsIn(live.cells), compareEffects, done, (own, theirs) => {
    const difference = effectsDiffer(own, theirs);
    if (difference) onDifference(difference);
  });
  await mergePages(rebuilt.corrections, live.corrections, compareCorrections, done, (own, theirs) => {
    const difference = correctionsDiffer(own, theirs);
    if (difference) onDifference(difference);
  });
  return { count };
}

interface EffectOfCell {
  readonly cell: StoredCell;
  readonly row: EffectRow;
}

async function* effectsIn(pages: InPages<CellPage>): AsyncGenerator<readonly EffectOfCell[]> {
  for await (const { cell, effects } of pages) yield effects.map((row) => ({ cell, row }));
}

const CELL_ORDER = ['category', 'subject', 'aspect', 'key'] as const;

function compareEffects(a: EffectOfCell, b: EffectOfCell): number {
  for (const name of CELL_ORDER) {
    const order = compareTexts(a.cell[name], b.cell[name]);
    if (order !== 0) return order;
  }
  for (const member of EFFECT_ORDER) {
    const [own, theirs] = [a.row[member], b.row[member]];
    if (own === theirs) continue;
    return typeof own === 'number' ? own - Number(theirs) : compareTexts(String(own), String(theirs));
  }
  return 0;
}

function compareCorrections(a: CorrectionRow, b: CorrectionRow): number {
  return compareTexts(a[CORRECTION_AT.id], b[CORRECTION_AT.id]);
}

/** Compares texts as SQLite orders them: byte by byte. */
function compareTexts(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function effectsDiffer(
  own: EffectOfCell | undefined,
  theirs: EffectOfCell | undefined,
): ReplayDifference | undefined {
  const { cell, row } = (own ?? theirs)!;
  const members = own && theirs ? membersThatDiffer(own, theirs) : [];
  if (own && theirs && members.length === 0) return undefined;
  const view = VIEWS.find(({ category }) => category === cell.category)?.name ?? cell.category;
  const { subject, aspect } = cell;
  return { view, subject, aspect, event: row[EFFECT_AT.eventId], members, ...onlyIn(own, theirs) };
}

function membersThatDiffer(own: EffectOfCell, theirs: EffectOfCell): string[] {
  if (isSame(own, theirs)) return [];
  const members = EFFECT_MEMBERS.flatMap((name, index) =>
    own.row[index] === theirs.row[index] ? [] : [memberDifference(name, own.row[index], theirs.row[index])],
  );
  if (own.cell.rule !== theirs.cell.rule)
    members.push(memberDifference('rule', own.cell.rule, theirs.cell.rule));
  // The lengths only make a search wider: a greater length costs time, a length that is too small makes answers wrong.
  for (const name of ['vague', 'lead'] as const) {
    if (own.cell[name] > theirs.cell[name])
      members.push(memberDifference(name, own.cell[name], theirs.cell[name]));
  }
  return members;
}

/** The quick check: nearly all rows are equal. */
function isSame(own: EffectOfCell, theirs: EffectOfCell): boolean {
  const [mine, other] = [own.cell, theirs.cell];
  if (mine.rule !== other.rule || mine.vague !== other.vague || mine.lead !== other.lead) return false;
  for (let member = 0; member < own.row.length; member += 1) {
    if (own.row[member] !== theirs.row[member]) return false;
  }
  return true;
}

function correctionsDiffer(
  own: CorrectionRow | undefined,
  theirs: CorrectionRow | undefined,
): ReplayDifference | undefined {
  const members =
    own && theirs
      ? CORRECTION_MEMBERS.flatMap((name, index) =>
          own[index] === theirs[index] ? [] : [memberDifference(name, own[index], theirs[index])],
        )
      : [];
  if (own && theirs && members.length === 0) return undefined;
  const correction = (own ?? theirs)!;
  return {
    view: 'corrections',
    subject: correction[CORRECTION_AT.target],
    aspect: '',
    event: correction[CORRECTION_AT.id],
    members,
    ...onlyIn(own, theirs),
  };
}

const memberDifference = (name: string, own: unknown, theirs: unknown): string =>
  `${name}: ${String(own)}, live ${String(theirs)}`;

function onlyIn(own: unknown, theirs: unknown): Pick<ReplayDifference, 'only'> {
  if (own !== undefined && theirs !== undefined) return {};
  return { only: own === undefined ? 'live' : 'rebuilt' };
}
