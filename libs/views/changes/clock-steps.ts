import type { Interruptible } from '#runtime';
import { LATEST, type Instant } from '#time';
import { boundsOf } from '#timeline';
import type { DueReader, EffectTimes, TouchedSubject } from '../sqlite/due-table.js';
import type { SubjectsOfStep } from './change-finder.js';
import type { ClockStep, Point } from './staircase.js';

/**
 * The changes by the clock after a point of the staircase, up to an instant: a step for each instant that is due. Each step asks `due` once, so each
 * step may be in another turn. Below the staircase `due` lacks bounds: `boundsBetween` finds all bounds.
 */
export function* clockSteps(
  due: () => DueReader,
  { sequence, at }: Point,
  until: Instant,
): Generator<ClockStep, void, void> {
  for (let next = due().next(at); next !== undefined && next <= until; next = due().next(next)) {
    yield { kind: 'clock', sequence, at: next };
  }
}

/** A subject that may change at an instant; for a report, with the span of the effects that the report begins or ends. */
export interface BoundOfSubject
  extends Pick<TouchedSubject, 'category' | 'subject'>, Partial<Pick<TouchedSubject, 'earliest' | 'latest'>> {
  readonly at: Instant;
}

/** The result of a scan. It is complete up to an instant. */
export interface ScannedBounds {
  /** The instants in ascending order, each once. */
  readonly instants: Float64Array;
  /** The scan is complete up to this instant, which is included. */
  readonly until: Instant;
  readonly subjectsAt: (at: Instant) => SubjectsOfStep;
}

/** The bounds of some effects of a cell. */
export type BoundsOfEffects = (
  effects: readonly EffectTimes[],
) => Iterable<Omit<BoundOfSubject, 'category' | 'subject'>>;

/** The greatest number of bounds in memory at the same time: some tens of megabytes. */
const MOST = 200_000;

/** The number of effects that are read without a turn for other work. */
const EFFECTS_AT_A_TIME = 500;

/** On the axis of valid time: the bounds of effects. */
export const validBounds: BoundsOfEffects = (effects) =>
  boundsOf(
    effects.map(({ from_earliest, from_latest, until_earliest, until_latest }) => ({
      from: { earliest: from_earliest, latest: from_latest },
      ...(until_latest !== null && {
        until: { earliest: until_earliest ?? until_latest, latest: until_latest },
      }),
    })),
  ).map((at) => ({ at }));

/** On the axis of reports: when an effect was reported, and when that report was amended; with the span of the effect in the world. */
export const reportedBounds: BoundsOfEffects = (effects) =>
  effects.flatMap(({ reported_from, reported_until, from_earliest: earliest, until_latest, has_then }) => {
    const span = { earliest, latest: has_then === 1 || until_latest === null ? LATEST : until_latest };
    return [
      { at: reported_from, ...span },
      ...(reported_until === null ? [] : [{ at: reported_until, ...span }]),
    ];
  });

/**
 * Finds every bound between two instants, the second one included, of effects recorded at any time. All effects are read, so a scan is only for
 * questions about the past of the world: a replay, or a place below the staircase. Where there are too many bounds, the scan gives the first of them.
 * Yields at each cell, at each part of a large cell, and then while it groups the bounds.
 */
export function* boundsBetween(
  due: () => DueReader,
  after: Instant,
  until: Instant,
  read: BoundsOfEffects = validBounds,
  most = MOST,
): Interruptible<ScannedBounds> {
  let bounds: BoundOfSubject[] = [];
  let end = until;
  for (let cell = 0; ;) {
    const found = due().cellBehind(cell);
    if (found === undefined) break;
    yield;
    const { id, category, subject } = found;
    cell = id;
    for (let last: EffectTimes | undefined; ;) {
      const effects = due().effectsBehind(id, EFFECTS_AT_A_TIME, last);
      for (const bound of read(effects))
        if (bound.at > after && bound.at <= end) bounds.push({ ...bound, category, subject });
      if (bounds.length > most) {
        end = middleOf(bounds);
        bounds = bounds.filter(({ at }) => at <= end);
      }
      if (effects.length < EFFECTS_AT_A_TIME) break;
      yield;
      last = effects.at(-1);
    }
  }
  return yield* scanned(bounds, end);
}

/** Of so many bounds one is sorted to find the middle: to sort all of them takes long. */
const SAMPLED = 64;

/**
 * An instant with about half of the bounds before it. A scan has all subjects of an instant or none, and has at least the subjects of the first instant.
 */
function middleOf(bounds: readonly BoundOfSubject[]): Instant {
  let first = LATEST;
  const sample: Instant[] = [];
  for (const [index, { at }] of bounds.entries()) {
    if (at < first) first = at;
    if (index % SAMPLED === 0) sample.push(at);
  }
  return Math.max(first, ascending(sample)[sample.length >>> 1]! - 1);
}

/** The number of bounds that are grouped without a turn for other work. */
const GROUPED_AT_A_TIME = 1_000;

function* scanned(bounds: readonly BoundOfSubject[], until: Instant): Interruptible<ScannedBounds> {
  const groups = new Map<string, Map<string, BoundOfSubject>>();
  const instants = new Set<Instant>();
  for (const [n, bound] of bounds.entries()) {
    if (n % GROUPED_AT_A_TIME === 0) yield;
    const key = `${bound.at} ${bound.category}`;
    const subjects = groups.get(key) ?? new Map<string, BoundOfSubject>();
    subjects.set(bound.subject, hull(subjects.get(bound.subject), bound));
    groups.set(key, subjects);
    instants.add(bound.at);
  }
  const sorted = new Map<string, readonly BoundOfSubject[]>();
  const subjectsOf = (key: string): readonly BoundOfSubject[] => {
    const known =
      sorted.get(key) ??
      [...(groups.get(key)?.values() ?? [])].sort((a, b) => (a.subject < b.subject ? -1 : 1));
    sorted.set(key, known);
    return known;
  };
  const unsorted = Float64Array.from(instants);
  yield;
  return {
    instants: unsorted.sort(),
    until,
    subjectsAt: (at) => (category, after, most) => {
      const subjects = subjectsOf(`${at} ${category}`);
      const first = subjects.findIndex(({ subject }) => subject > after);
      return first < 0 ? [] : subjects.slice(first, first + most);
    },
  };
}

/** Numbers in order: a typed array is sorted several times as fast as a list. */
export const ascending = (numbers: Iterable<number>): Float64Array => Float64Array.from(numbers).sort();

function hull(one: BoundOfSubject | undefined, other: BoundOfSubject): BoundOfSubject {
  if (one?.earliest === undefined || one.latest === undefined) return other;
  const { earliest = one.earliest, latest = one.latest } = other;
  return {
    ...one,
    earliest: Math.min(one.earliest, earliest),
    latest: Math.max(one.latest, latest),
  };
}
