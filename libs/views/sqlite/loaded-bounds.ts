/**
 * The instants at which the state of a cell in memory may change at a cut. `boundsOf` (libs/timeline/cell.ts) defines these bounds and gives all of
 * them. Here one bound is searched, from `v` on: latest starts in the list of starts itself, latest ends in `ends`, and the earliest instants of vague
 * bounds in `vagueStarts` and `vagueEnds`, which are short.
 */
import { EARLIEST, LATEST, type Instant } from '#time';
import { NEVER, countUpTo, type Numbers, type LoadedCell } from './loaded-cell.js';

/** Whether the cut sees an effect. */
type Sees = (index: number) => boolean;

/** The least bound after `v`; undefined where there is none. */
export function nextBound(loaded: LoadedCell, sees: Sees, v: Instant): Instant | undefined {
  const next = Math.min(
    nextStart(loaded, sees, v),
    nextEnd(loaded, sees, v),
    loaded.isVague ? nextVague(loaded, sees, v) : NEVER,
  );
  return next >= LATEST ? undefined : next;
}

/** The greatest bound that is not after `v`; undefined where there is none. */
export function previousBound(loaded: LoadedCell, sees: Sees, v: Instant): Instant | undefined {
  const last = Math.max(
    loaded.isVague ? previousVague(loaded, sees, v) : previousStart(loaded, sees, v),
    previousEnd(loaded, sees, v),
  );
  return last <= EARLIEST ? undefined : last;
}

function nextStart(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  for (let index = loaded.startedBy(v); index < loaded.count; index += 1)
    if (sees(index)) return loaded.fromLatest[index]!;
  return NEVER;
}

function nextEnd(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  const { ends, untilLatest } = loaded;
  for (let n = loaded.endedBy(v); n < ends.length; n += 1) if (sees(ends[n]!)) return untilLatest![ends[n]!]!;
  return NEVER;
}

/**
 * The next of the earliest instants of vague starts and ends. Where an effect starts at `v`, also the next millisecond: from then on a vague effect
 * may outrank the effect.
 */
function nextVague(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  const { fromLatest, fromEarliest, untilEarliest, untilLatest, vagueStarts, vagueEnds } = loaded;
  for (let index = loaded.startedBy(v) - 1; index >= 0 && fromLatest[index] === v; index -= 1)
    if (sees(index)) return v + 1;
  const soonest = (order: Numbers, latest: Numbers, earliest: Numbers, from: Instant): Instant => {
    let next = NEVER;
    for (let n = countUpTo(order.length, (m) => latest[order[m]!]!, v); n < order.length; n += 1) {
      const at = earliest[order[n]!]!;
      if (at >= from && at < next && sees(order[n]!)) next = at;
    }
    return next;
  };
  const start = soonest(vagueStarts, fromLatest, fromEarliest, v);
  const end = vagueEnds.length === 0 ? NEVER : soonest(vagueEnds, untilLatest!, untilEarliest!, v + 1);
  return Math.min(start === v ? v + 1 : start, end);
}

function previousStart(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  for (let index = loaded.startedBy(v) - 1; index >= 0; index -= 1)
    if (sees(index)) return loaded.fromLatest[index]!;
  return -NEVER;
}

function previousEnd(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  const { ends, untilLatest } = loaded;
  for (let n = loaded.endedBy(v) - 1; n >= 0; n -= 1) if (sees(ends[n]!)) return untilLatest![ends[n]!]!;
  return -NEVER;
}

/** The last of the starts, each also one millisecond later, and of the earliest instants of vague ends. */
function previousVague(loaded: LoadedCell, sees: Sees, v: Instant): Instant {
  const { fromEarliest, untilEarliest, vagueStarts, vagueEnds } = loaded;
  const newest = (order: Numbers, earliest: Numbers, after: Instant): Instant => {
    let last = after;
    for (const index of order) {
      const at = earliest[index]!;
      if (at <= v && at > last && sees(index)) last = at;
    }
    return last;
  };
  const start = newest(vagueStarts, fromEarliest, previousStart(loaded, sees, v));
  const begun = start > -NEVER && start < v ? start + 1 : start;
  return vagueEnds.length === 0 ? begun : newest(vagueEnds, untilEarliest!, begun);
}
