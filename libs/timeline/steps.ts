import { EARLIEST, LATEST, type Instant } from '#time';

/**
 * A value over time that changes at known instants only: it is constant on [previous(v), next(v)) around every v.
 *
 * The state of a cell is such a value, and so is every value computed from cells, such as the status of a crossing from its two sides.
 */
export interface Steps<T> {
  at(v: Instant): T;
  /** The least instant after `v` at which the value may change. */
  next(v: Instant): Instant | undefined;
  /** The greatest instant not after `v` at which the value may have changed. */
  previous(v: Instant): Instant | undefined;
  /**
   * An instant from which on, up to `v`, the value is the same; only the events behind it may differ. So many equal reports are one step. Absent, or
   * undefined: only `previous` is known.
   */
  sameSince?(v: Instant): Instant | undefined;
}

/** A maximal stretch [from, to) of one value; an absent bound is unlimited. */
export interface Segment<T> {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly value: T;
}

export type Same<T> = (a: T, b: T) => boolean;

/** The value computed from the values of the parts; it can change only when a part may change. */
export function combine<P extends readonly unknown[], T>(
  parts: { readonly [K in keyof P]: Steps<P[K]> },
  compute: (...values: P) => T,
): Steps<T> {
  const all = parts as readonly Steps<unknown>[];
  return {
    at: (v) => compute(...(all.map((part) => part.at(v)) as unknown as P)),
    next: (v) => extreme(all, (part) => part.next(v), Math.min),
    previous: (v) => extreme(all, (part) => part.previous(v), Math.max),
  };
}

/**
 * The value joined from the values of many parts, in their order. `join` is associative. The parts are the leaves of a balanced tree, and each node
 * remembers its last value: so a search through all bounds of n parts takes O(n log n) joins, and not n for each bound.
 */
export function joinAll<T>(parts: readonly Steps<T>[], join: (a: T, b: T) => T): Steps<T> {
  const middle = parts.length >>> 1;
  const steps =
    parts.length < 2
      ? parts[0]!
      : combine([joinAll(parts.slice(0, middle), join), joinAll(parts.slice(middle), join)] as const, join);
  let [from, to] = [Infinity, -Infinity];
  let value: T;
  /** Reads the stretch of `v`, where it is not the last one. */
  const read = (v: Instant): void => {
    if (from <= v && v < to) return;
    value = steps.at(v);
    from = steps.previous(v) ?? -Infinity;
    to = steps.next(v) ?? Infinity;
  };
  return {
    at(v) {
      read(v);
      return value;
    },
    next(v) {
      read(v);
      return finite(to);
    },
    previous(v) {
      read(v);
      return finite(from);
    },
  };
}

function extreme(
  parts: readonly Steps<unknown>[],
  bound: (part: Steps<unknown>) => Instant | undefined,
  pick: (a: Instant, b: Instant) => Instant,
): Instant | undefined {
  let found: Instant | undefined;
  for (const part of parts) {
    const candidate = bound(part);
    if (candidate !== undefined) found = found === undefined ? candidate : pick(found, candidate);
  }
  return found;
}

/**
 * One value from several: `stepsAt` gives the steps that are read at an instant. It gives other steps only where `switches` may change. Each stretch is
 * read when it is needed.
 */
export function switched<T>(switches: Steps<unknown>, stepsAt: (v: Instant) => Steps<T>): Steps<T> {
  let [from, to] = [Infinity, -Infinity];
  let present: Steps<T>;
  const read = (v: Instant): Steps<T> => {
    if (from <= v && v < to) return present;
    present = stepsAt(v);
    from = switches.previous(v) ?? -Infinity;
    to = switches.next(v) ?? Infinity;
    return present;
  };
  return {
    at: (v) => read(v).at(v),
    next: (v) => finite(Math.min(read(v).next(v) ?? Infinity, to)),
    previous: (v) => finite(Math.max(read(v).previous(v) ?? -Infinity, from)),
    sameSince(v) {
      const since = read(v).sameSince?.(v);
      return since === undefined ? undefined : Math.max(since, from);
    },
  };
}

const finite = (v: Instant): Instant | undefined => (Number.isFinite(v) ? v : undefined);

/** The same steps; each value is computed once. Its memory only grows: make one for each question. */
export function rememberAnswers<T>(steps: Steps<T>): Steps<T> {
  const known = new Map<Instant, T>();
  return {
    at(v) {
      const found = known.get(v);
      if (found !== undefined) return found;
      const answer = steps.at(v);
      known.set(v, answer);
      return answer;
    },
    next: (v) => steps.next(v),
    previous: (v) => steps.previous(v),
    sameSince: (v) => steps.sameSince?.(v),
  };
}

/** The unbroken run of the same value around `v`; `value`: the value at `v`. `from` is the `since` of an answer, `to` the next change known at the cut. */
export function runAt<T>(steps: Steps<T>, v: Instant, same: Same<T>, value = steps.at(v)): Segment<T> {
  const from = runStart(steps, v, same, value);
  const to = runEnd(steps, v, value, same);
  return { value, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/**
 * A run starts at `start` at the latest. Gives the earliest instant at which it may have started: from there up to `start`, `mayHold` is
 * true of each value.
 */
export function earliestStart<T>(steps: Steps<T>, start: Instant, mayHold: (value: T) => boolean): Instant {
  let earliest = start;
  while (earliest > EARLIEST && mayHold(steps.at(earliest - 1))) {
    earliest = steps.previous(earliest - 1) ?? EARLIEST;
  }
  return earliest;
}

/**
 * A run ends at `end` at the earliest. Gives the latest instant at which it can end: the first instant from `end` on at which `mayHold` is
 * false. Undefined where the run may have no such end: `surelyHolds` is true before such an instant, or `mayHold` is true for ever.
 */
export function latestEnd<T>(
  steps: Steps<T>,
  end: Instant,
  mayHold: (value: T) => boolean,
  surelyHolds: (value: T) => boolean,
): Instant | undefined {
  let latest: Instant | undefined = end;
  while (latest !== undefined) {
    const value = steps.at(latest);
    if (!mayHold(value)) return latest;
    if (surelyHolds(value)) return undefined;
    latest = steps.next(latest);
  }
  return undefined;
}

/** The start of the run around `v`; undefined where it has no start. */
export function runStart<T>(
  steps: Steps<T>,
  v: Instant,
  same: Same<T>,
  value = steps.at(v),
): Instant | undefined {
  const sameSince = (at: Instant): Instant | undefined => steps.sameSince?.(at) ?? steps.previous(at);
  for (let bound = sameSince(v); bound !== undefined; bound = sameSince(bound - 1)) {
    if (!same(steps.at(bound - 1), value)) return bound;
  }
  return undefined;
}

function runEnd<T>(steps: Steps<T>, v: Instant, value: T, same: Same<T>): Instant | undefined {
  for (let bound = steps.next(v); bound !== undefined; bound = steps.next(bound)) {
    if (!same(steps.at(bound), value)) return bound;
  }
  return undefined;
}

/**
 * The timeline over [from, to): maximal runs in order, the first and the last cut at the interval. It yields at each instant at which the
 * value may change, so that a long one can be interrupted there.
 */
export function* segments<T>(
  steps: Steps<T>,
  same: Same<T>,
  { from = EARLIEST, to = LATEST }: { readonly from?: Instant; readonly to?: Instant } = {},
): Generator<void, Segment<T>[], void> {
  const found: Segment<T>[] = [];
  let start = from;
  let value = steps.at(from);
  const close = (end: Instant): void => {
    found.push({ value, ...(start > EARLIEST && { from: start }), ...(end < LATEST && { to: end }) });
  };
  for (let bound = steps.next(from); bound !== undefined && bound < to; bound = steps.next(bound)) {
    yield;
    const changed = steps.at(bound);
    if (same(changed, value)) continue;
    close(bound);
    start = bound;
    value = changed;
  }
  if (from < to) close(to);
  return found;
}
