import type { Pieces } from '#runtime';
import type { Instant } from '#time';
import type { DueReader } from '../sqlite/due-table.js';
import type { Candidates } from './change-finder.js';

/** A subject that may change by the clock at an instant. */
interface Bound {
  readonly at: Instant;
  readonly category: string;
  readonly subject: string;
}

/** Bounds that have been looked up: all of those up to an instant. */
export interface ScannedBounds {
  /** Ascending, each once. */
  readonly instants: readonly Instant[];
  /** The scan is complete up to here, included. */
  readonly until: Instant;
  readonly candidates: Candidates;
}

/** Bounds in memory at once: some tens of megabytes. */
const MOST = 200_000;

/**
 * Looks up every bound after one instant, up to another, whenever it was recorded. It reads all effects, so it is for those who ask for the
 * past of the world: a replay, a place below the staircase. Where there are too many, it gives the first of them. Yields after each cell.
 */
export function* boundsBetween(
  due: () => DueReader,
  after: Instant,
  until: Instant,
  most = MOST,
): Pieces<ScannedBounds> {
  let bounds: Bound[] = [];
  let end = until;
  for (let cell = 0; ;) {
    const found = due().cellBehind(cell);
    if (found === undefined) break;
    yield;
    const { id, category, subject } = found;
    cell = id;
    for (const at of due().boundsIn(id)) if (at > after && at <= end) bounds.push({ at, category, subject });
    if (bounds.length <= most) continue;
    bounds.sort((a, b) => a.at - b.at);
    // All of an instant, or none: at least those of the first one.
    const first = bounds[0]!.at;
    end = Math.max(first, bounds[most >>> 1]!.at - 1);
    bounds = bounds.filter(({ at }) => at <= end);
  }
  return scanned(bounds, end);
}

function scanned(bounds: readonly Bound[], until: Instant): ScannedBounds {
  const subjects = new Map<string, Set<string>>();
  for (const { at, category, subject } of bounds) {
    const key = `${at} ${category}`;
    subjects.set(key, (subjects.get(key) ?? new Set()).add(subject));
  }
  const candidates: Candidates = ({ at }, category, after, most) =>
    [...(subjects.get(`${at} ${category}`) ?? [])]
      .filter((subject) => subject > after)
      .sort()
      .slice(0, most)
      .map((subject) => ({ subject }));
  const instants = [...new Set(bounds.map(({ at }) => at))].sort((a, b) => a - b);
  return { instants, until, candidates };
}
