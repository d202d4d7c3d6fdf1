/**
 * The overlay: which effect of a cell holds at an instant, in every possible world.
 *
 * Each bound of an effect is some instant of its range, chosen independently of all others. The exception is a start that *meets*
 * the end of the term before it: it is that very instant (meeting.ts). A choice for every bound is a *world*. In a world an
 * effect is active at V iff from ≤ V < until (from ≤ V, if it has a `then`). Of the active effects the one that starts last
 * holds; ties go to the later report, then the greater event id, then the greater ordinal. The answer is the set of effects that hold in some world.
 *
 * No world is enumerated. An effect is *surely* active when every choice makes it active. In the world that is best for an
 * effect e it starts as late as it can (at most at V), every surely active effect starts as early as it can, and the
 * others are not active at all. So e can hold iff it ranks at or above the *floor*: the highest rank that some surely
 * active effect cannot fall below. `overlay.spec.ts` compares this with an oracle that tries the worlds.
 */
import type { Instant } from '#time';
import type { KnownEffect } from './effect.js';
import { compareRank } from './rank.js';

/** One value that holds in some world, with its effect. */
export interface Candidate<V = unknown> {
  readonly value: V;
  readonly effect: KnownEffect<V>;
}

export interface CellState<V = unknown> {
  /** The candidates, highest rank first. An effect has two candidates if both its value and its `then` can hold. */
  readonly candidates: readonly Candidate<V>[];
  /** In some world no effect is active. */
  readonly silent: boolean;
}

export const SILENT: CellState<never> = { candidates: [], silent: true };

/** Whether it is active at `at` in some world. */
export function mayBeActive(effect: KnownEffect, at: Instant): boolean {
  return effect.from.earliest <= at && (!ends(effect) || effect.until!.latest > at);
}

/** Whether it is active at `at` in every world. */
export function isSurelyActive(effect: KnownEffect, at: Instant): boolean {
  return latestStart(effect) <= at && (!ends(effect) || effect.until!.earliest > at);
}

/** The latest instant at which it starts in some world. */
export function latestStart({ from, meets }: KnownEffect): Instant {
  return meets ? from.earliest : from.latest;
}

/** Whether it stops being active at all: an effect with a `then` continues with that value. */
export function ends(effect: KnownEffect): boolean {
  return effect.until !== undefined && effect.then === undefined;
}

/**
 * The state of one cell (or of several cells in one overlay) at `at`. `effects` are visible at the cut, and have been through `meet`.
 * Effects that cannot be active at `at` may be left out.
 */
export function overlay<V>(effects: readonly KnownEffect<V>[], at: Instant): CellState<V> {
  let floor: KnownEffect<V> | undefined;
  for (const effect of effects) {
    if (!isSurelyActive(effect, at)) continue;
    if (!floor || compareRank(effect, effect.from.earliest, floor, floor.from.earliest) > 0) floor = effect;
  }
  const latestStartBy = (v: Instant, effect: KnownEffect): Instant => Math.min(latestStart(effect), v);
  const holding = effects
    .filter(
      (effect) =>
        mayBeActive(effect, at) &&
        (!floor || compareRank(effect, latestStartBy(at, effect), floor, floor.from.earliest) >= 0),
    )
    // The order of the next millisecond: so it changes at the latest instant of a start, which is a bound (see boundsOf).
    .sort((a, b) => compareRank(b, latestStartBy(at + 1, b), a, latestStartBy(at + 1, a)));
  return { candidates: holding.flatMap((effect) => phases(effect, at)), silent: !floor };
}

/** The value, its `then`, or, while a vague end passes, both. */
function phases<V>(effect: KnownEffect<V>, at: Instant): Candidate<V>[] {
  const { value, until, then } = effect;
  if (until === undefined || then === undefined || at < until.earliest) return [{ value, effect }];
  if (at >= until.latest) return [{ value: then, effect }];
  return [
    { value, effect },
    { value: then, effect },
  ];
}
