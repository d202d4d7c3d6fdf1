import type { Instant } from '#time';
import { isSameJson } from '#json';
import { mergeCells, type Because } from '#timeline';
import { findingSteps, union, type Finding } from './finding.js';
import type { Cell } from './sqlite/cell.js';
import { SubjectReader } from './subject.js';
import type { Piece, View } from './view.js';
import { without } from './without.js';

/** The values found in a group of cells that the view overlays, or in one cell that it reads alone. */
export interface Found {
  /** The aspects that the view overlays. */
  readonly aspects: readonly string[];
  /** The id of the actor, where each claimant has its own values. */
  readonly claimant?: string;
  /** Every possible value. null: in some world no event gives a value. For a ledger: its entries. */
  readonly values: readonly unknown[];
  readonly certain: boolean;
  readonly because: Because;
}

/** The groups of aspects that the view overlays at an instant. An aspect that it merges with no other is a group by itself. */
export function groupsOf(
  view: View,
  id: string,
  cells: readonly Cell[],
  at: Instant,
): readonly (readonly string[])[] {
  const there = new Set(cells.filter(({ rule }) => rule === 'authority').map(({ aspect }) => aspect));
  const merged = (view.merges?.(new SubjectReader(id, cells), at) ?? [])
    .map((group) => group.filter((aspect) => there.has(aspect)))
    .filter(
      (group, index, all) => group.length > 0 && all.findIndex((other) => isSameJson(other, group)) === index,
    );
  const alone = [...there].filter((aspect) => !merged.some((group) => group.includes(aspect)));
  return [...merged, ...alone.map((aspect) => [aspect])];
}

/** An aspect includes all aspects below it: `status` includes `status/LT/road`. */
export function isUnder(aspect: string, asked: string | undefined): boolean {
  return asked === undefined || aspect === asked || aspect.startsWith(`${asked}/`);
}

/** The values of each cell, or of each group of cells. */
export function foundIn(
  cells: readonly Cell[],
  groups: readonly (readonly string[])[],
  asked: string | undefined,
  at: Instant,
): Found[] {
  const grouped = groups
    .filter((group) => group.some((aspect) => isUnder(aspect, asked)))
    .map((aspects): Found => {
      const of = (key: string) => cells.filter((cell) => cell.key === key && aspects.includes(cell.aspect));
      return { aspects, ...spoken(findingSteps(mergeCells(of('facts')), mergeCells(of('claims'))).at(at)) };
    });
  const alone = cells
    .filter(({ rule, aspect }) => rule !== 'authority' && isUnder(aspect, asked))
    .map((cell): Found => {
      const { candidates, silent } = cell.at(at);
      const isLedger = cell.rule === 'ledger';
      const values = candidates.map(({ value }) => value);
      return {
        aspects: [cell.aspect],
        ...(!isLedger && { claimant: cell.key.slice('by:'.length) }),
        values: isLedger || !silent ? values : [...values, null],
        certain: isLedger || values.length + Number(silent) === 1,
        because: union(...candidates.map(({ effect }) => effect.because)),
      };
    });
  return [...grouped, ...alone];
}

function spoken({ outcomes }: Finding): Pick<Found, 'values' | 'certain' | 'because'> {
  return {
    values: outcomes.map(({ value }) => value ?? null),
    certain: outcomes.length === 1,
    because: union(...outcomes.map(({ because }) => because)),
  };
}

/** The answer to one question: the view's timeline at `at`, or, for an aspect other than the status, the values of that aspect. */
export function answerTo(
  view: View,
  id: string,
  cells: readonly Cell[],
  aspect: string | undefined,
  at: Instant,
): Piece {
  const subject = new SubjectReader(id, cells);
  const piece = view.timeline(subject).at(at);
  if (aspect === undefined || (aspect === 'status' && piece.status !== undefined))
    return { ...piece, because: subject.restsOn(piece.because, at) };
  const found = foundIn(cells, groupsOf(view, id, cells, at), aspect, at);
  return {
    value: found.map((one) => without(one, 'because')),
    certain: found.every(({ certain }) => certain),
    because: union(...found.map(({ because }) => because)),
  };
}
