import type { Instant } from '#time';
import type { EffectFilter } from './effect-filter.js';
import { NEVER, type LoadedCell } from './loaded-cell.js';

/** A stretch of cuts: [from, to) of known and of recorded time. */
export type Stretch = readonly [knownFrom: number, knownTo: number, recordedFrom: number, recordedTo: number];
type Narrowed = [...Stretch];

/** The earliest and the latest instant that an answer read in a cell. */
export interface Reach {
  readonly earliest: Instant;
  readonly latest: Instant;
}

export const everywhere = (): Narrowed => [-NEVER, NEVER, -NEVER, NEVER];

/**
 * Narrows a stretch around a cut to the cuts that see the same effects of a cell, as far as an answer can depend on them. An effect does not count
 * where it starts after the reach of the answer, or ends before it, or where an effect of higher rank holds throughout the reach. Where bounds are
 * vague, and in a ledger, every effect counts. Within the stretch, an empty cell stays empty, and another cell does not become empty: an effect that
 * counts has a bound at each end of the reach, or the reach has no end there.
 */
export function narrow(
  stretch: Narrowed,
  loaded: LoadedCell,
  { earliest, latest }: Reach,
  filter: EffectFilter,
): void {
  const { knownAt = Number.MAX_VALUE, recordedAt = Number.MAX_VALUE } = filter;
  const { fromLatest, reportedFrom, reportedUntil, recordedFrom, recordedUntil } = loaded;
  stretch[1] = Math.min(stretch[1], loaded.knownTo);
  const everyEffect = loaded.isVague || loaded.cell.rule === 'ledger';
  const sees = loaded.seenBy(filter);
  for (let index = loaded.startedBy(everyEffect ? NEVER : latest) - 1; index >= 0; index -= 1) {
    if (!everyEffect && !loaded.lastsTo(index, earliest - 1)) continue;
    narrowAxis(stretch, 0, reportedFrom[index]!, reportedUntil?.[index], knownAt);
    narrowAxis(stretch, 2, recordedFrom[index]!, recordedUntil?.[index], recordedAt);
    const coversReach = fromLatest[index]! <= earliest && loaded.lastsTo(index, latest);
    if (!everyEffect && coversReach && sees(index)) return;
  }
}

/** Narrows the bounds of an axis around `at` to one side of the start, and to one side of the end. */
function narrowAxis(stretch: Narrowed, axis: 0 | 2, from: number, until = NEVER, at: number): void {
  for (const edge of [from, until]) {
    if (edge <= at) stretch[axis] = Math.max(stretch[axis], edge);
    else stretch[axis + 1] = Math.min(stretch[axis + 1]!, edge);
  }
}

/** The number of bounds of an answer: [from, to) of valid time, and the four bounds of its stretch. */
export const BOUNDS = 6;

/** Whether a question is within the bounds that begin at an index of a list. */
export function isWithin(
  bounds: ArrayLike<number>,
  at: number,
  {
    asOf,
    knownAt = Number.MAX_VALUE,
    recordedAt = Number.MAX_VALUE,
  }: EffectFilter & { readonly asOf: Instant },
): boolean {
  return (
    bounds[at]! <= asOf &&
    asOf < bounds[at + 1]! &&
    bounds[at + 2]! <= knownAt &&
    knownAt < bounds[at + 3]! &&
    bounds[at + 4]! <= recordedAt &&
    recordedAt < bounds[at + 5]!
  );
}
