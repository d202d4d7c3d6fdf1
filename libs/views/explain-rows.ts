import type { Interruptible } from '#runtime';
import type { KnownEffect } from '#timeline';
import { answerTo, foundIn, groupsOf, isUnder } from './answers.js';
import { correctionsRead, type CorrectionsByEvent } from './ended.js';
import { explained, weighed, type ExplanationSource, type Explanation } from './explain.js';
import type { Cell } from './sqlite/cell.js';
import type { CountedCell, RecordedEffects, WholeCell } from './sqlite/recorded-effects.js';
import type { Question } from './question.js';
import type { View } from './view.js';

/** The rows to weigh: how many to skip, and how many to read. */
export interface RowWindow {
  readonly after: number;
  readonly limit: number;
}

export interface PartialExplanation extends Explanation {
  /** The number of rows. An effect has one row for each of its spans. */
  readonly total: number;
}

/** The greatest number of candidates in each part. A cell mostly has one candidate. */
const MOST_CANDIDATES = 1_000;

/**
 * `explain` for a subject with too many effects to weigh together. Gives the effects that hold, and some of the other effects, in the order
 * of aspects and then the latest start first. Corrections may give an effect several spans; then the part with its representative span
 * lists the effect. All parts, one after the other, give the result of `explain` (test/explain/parts.spec.ts).
 *
 * The other rows are not needed: the candidates of a cell include the effect that surely outranks the rest (`mergeCells`).
 */
export function* explainRows(
  { cells, effects }: ExplanationSource,
  view: View,
  id: string,
  question: Question,
  aspect: string | undefined,
  part: RowWindow,
): Interruptible<PartialExplanation> {
  const opened = cells.cellsOf(view.category, id, question);
  const groups = groupsOf(view, id, opened, question.asOf);
  const asked = effects.counted(view.category, id).filter((cell) => isUnder(cell.aspect, aspect));
  const read = readPart(effects, asked, part);
  const candidates = candidatesIn(opened, question);
  const listed = new Set([...read.map(({ row }) => row), ...candidatesUnder(candidates, aspect)].map(nameOf));
  const beside = read.map(({ cell, row, siblings }) => ({
    ...cell,
    effects: cell.rule === 'ledger' ? [row, ...siblings] : [row, ...siblings].map(atItsLowest),
  }));
  const weighedEffects = yield* weighed(
    merged([...candidates, ...beside]),
    groups,
    question,
    effects,
    (cell) => cell,
  );
  return {
    answer: answerTo(view, id, opened, aspect, question.asOf),
    found: foundIn(opened, groups, aspect, question.asOf),
    effects: weighedEffects
      .filter(({ effect }) => isUnder(effect.aspect, aspect) && listed.has(nameOf(effect)))
      .map(explained),
    total: asked.reduce((sum, { rows }) => sum + rows, 0),
  };
}

interface ReadRow {
  readonly cell: CountedCell;
  readonly row: KnownEffect;
  /** Rows that may represent the same effect. */
  readonly siblings: readonly KnownEffect[];
}

function readPart(
  effects: RecordedEffects,
  cells: readonly CountedCell[],
  { after, limit }: RowWindow,
): ReadRow[] {
  const corrections = correctionsRead(effects);
  const read: ReadRow[] = [];
  let skip = after;
  for (const cell of cells) {
    if (read.length === limit) break;
    if (skip < cell.rows) {
      const rows = effects.slice(cell, skip, limit - read.length);
      read.push(...rows.map((row) => ({ cell, row, siblings: siblingsOf(effects, cell, row, corrections) })));
    }
    skip = Math.max(0, skip - cell.rows);
  }
  return read;
}

/** The rows that may represent the same effect. None without corrections: only a correction gives an effect another span. */
function siblingsOf(
  effects: RecordedEffects,
  cell: CountedCell,
  row: KnownEffect,
  corrections: CorrectionsByEvent,
): KnownEffect[] {
  return corrections(row.eventId).length === 0 ? [] : effects.siblings(cell, row);
}

/** The candidates of every cell that is no ledger: a ledger overlays nothing. */
function candidatesIn(cells: readonly Cell[], { asOf }: Question): WholeCell[] {
  return cells
    .filter(({ rule }) => rule !== 'ledger')
    .map((cell): WholeCell => {
      const { category, subject, aspect, key, rule } = cell;
      const effects = [...new Set(cell.at(asOf).candidates.map(({ effect }) => effect))];
      return { category, subject, aspect, key, rule, effects };
    });
}

function candidatesUnder(candidates: readonly WholeCell[], aspect: string | undefined): KnownEffect[] {
  return candidates
    .filter((cell) => isUnder(cell.aspect, aspect))
    .flatMap(({ effects }) => effects)
    .slice(0, MOST_CANDIDATES);
}

/**
 * The row as if its start met an end. Whether a start meets an end is known only for the candidates; the start of another effect may count from its
 * earliest instant.
 */
function atItsLowest(row: KnownEffect): KnownEffect {
  return { ...row, meets: true };
}

/** Each cell once, and each row of a cell once; of two equal rows, the first stays. */
function merged(cells: readonly WholeCell[]): WholeCell[] {
  const byName = new Map<string, WholeCell & { readonly rows: Map<string, KnownEffect> }>();
  for (const { category, subject, aspect, key, rule, effects } of cells) {
    const name = JSON.stringify([aspect, key]);
    const known = byName.get(name) ?? { category, subject, aspect, key, rule, effects: [], rows: new Map() };
    for (const effect of effects) {
      if (!known.rows.has(nameOf(effect))) known.rows.set(nameOf(effect), effect);
    }
    byName.set(name, known);
  }
  return [...byName.values()].map(({ rows, ...cell }) => ({ ...cell, effects: [...rows.values()] }));
}

/** The name of a row, unique in its subject. */
function nameOf({ aspect, eventId, ordinal, from, reported, recorded, claimant }: KnownEffect): string {
  return JSON.stringify([aspect, eventId, ordinal, from.latest, reported.from, recorded.from, claimant]);
}
