import type { Pieces } from '#runtime';
import type { KnownEffect } from '#timeline';
import { answerTo, foundIn, groupsOf, isUnder } from './answers.js';
import { correctionsRead, type CorrectionsByEvent } from './ended.js';
import { explained, weighed, type Explained, type Explanation } from './explain.js';
import type { Cell } from './sqlite/cell-reader.js';
import type { CountedCell, RecordedEffects, WholeCell } from './sqlite/recorded-effects.js';
import type { Question } from './state.js';
import type { View } from './view.js';

/** Which effects are to be weighed: how many rows to leave out, and how many to read. */
export interface RowWindow {
  readonly after: number;
  readonly limit: number;
}

export interface PartialExplanation extends Explanation {
  /** Rows: an effect has one for each of its spans. */
  readonly total: number;
}

/** No more of what holds is told with each part; a cell mostly has one. */
const MOST_HELD = 1_000;

/**
 * `explain` of a subject with more effects than can be weighed at once: what holds, and some of the others, in the order of
 * aspects and then the latest start first. An effect that corrections gave several spans is in the part of the span that
 * stands for it. Parts one after the other give what `explain` would (test/explain/parts.spec.ts).
 *
 * It needs no others to weigh these: what holds in a cell includes what surely outranks the rest of it (`mergeCells`).
 */
export function* explainRows(
  { cells, effects }: Explained,
  view: View,
  id: string,
  question: Question,
  aspect: string | undefined,
  part: RowWindow,
): Pieces<PartialExplanation> {
  const opened = cells.cellsOf(view.category, id, question);
  const groups = groupsOf(view, id, opened, question.asOf);
  const asked = effects.counted(view.category, id).filter((cell) => isUnder(cell.aspect, aspect));
  const read = readPart(effects, asked, part);
  const held = heldIn(opened, question);
  const told = new Set([...read.map(({ row }) => row), ...heldAmong(held, aspect)].map(nameOf));
  const beside = read.map(({ cell, row, siblings }) => ({
    ...cell,
    effects: cell.rule === 'ledger' ? [row, ...siblings] : [row, ...siblings].map(atItsLowest),
  }));
  const weighedEffects = yield* weighed(
    merged([...held, ...beside]),
    groups,
    question,
    effects,
    (cell) => cell,
  );
  return {
    answer: answerTo(view, id, opened, aspect, question.asOf),
    found: foundIn(opened, groups, aspect, question.asOf),
    effects: weighedEffects
      .filter(({ effect }) => isUnder(effect.aspect, aspect) && told.has(nameOf(effect)))
      .map(explained),
    total: asked.reduce((sum, { rows }) => sum + rows, 0),
  };
}

interface ReadRow {
  readonly cell: CountedCell;
  readonly row: KnownEffect;
  /** Rows that may stand for the same effect. */
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

/** Only corrections give an effect another span. */
function siblingsOf(
  effects: RecordedEffects,
  cell: CountedCell,
  row: KnownEffect,
  corrections: CorrectionsByEvent,
): KnownEffect[] {
  return corrections(row.eventId).length === 0 ? [] : effects.siblings(cell, row);
}

/** What holds in the cells of a voice, or of facts and claims; a ledger overlays nothing. */
function heldIn(cells: readonly Cell[], { asOf }: Question): WholeCell[] {
  return cells
    .filter(({ rule }) => rule !== 'ledger')
    .map((cell): WholeCell => {
      const { category, subject, aspect, key, rule } = cell;
      const effects = [...new Set(cell.at(asOf).candidates.map(({ effect }) => effect))];
      return { category, subject, aspect, key, rule, effects };
    });
}

function heldAmong(held: readonly WholeCell[], aspect: string | undefined): KnownEffect[] {
  return held
    .filter((cell) => isUnder(cell.aspect, aspect))
    .flatMap(({ effects }) => effects)
    .slice(0, MOST_HELD);
}

/**
 * Which starts meet an end is known of what the cell holds. The others are overlaid wherever in its range their start is:
 * each may count from the earliest instant.
 */
function atItsLowest(row: KnownEffect): KnownEffect {
  return { ...row, meets: true };
}

/** Each cell once, and each row in it; of two that are the same the first. */
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

/** What tells one row of a subject from another. */
function nameOf({ aspect, eventId, ordinal, from, reported, recorded, claimant }: KnownEffect): string {
  return JSON.stringify([aspect, eventId, ordinal, from.latest, reported.from, recorded.from, claimant]);
}
