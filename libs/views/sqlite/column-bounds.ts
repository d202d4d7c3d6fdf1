/**
 * The instants at which the state of a cell in memory may change at a cut. `boundsOf` (libs/timeline/cell.ts) defines these bounds and gives all of
 * them. Here one bound is searched, from `v` on: latest starts in the columns themselves, latest ends in `ends`, and the earliest instants of vague
 * bounds in `vagueStarts` and `vagueEnds`, which are short.
 */
import { EARLIEST, LATEST, type Instant } from '#time';
import { NEVER, countUpTo, type Column, type EffectColumns } from './effect-columns.js';

/** Whether the cut sees an effect. */
type Sees = (index: number) => boolean;

/** The least bound after `v`; undefined where there is none. */
export function nextBound(columns: EffectColumns, sees: Sees, v: Instant): Instant | undefined {
  const next = Math.min(
    nextStart(columns, sees, v),
    nextEnd(columns, sees, v),
    columns.isVague ? nextVague(columns, sees, v) : NEVER,
  );
  return next >= LATEST ? undefined : next;
}

/** The greatest bound that is not after `v`; undefined where there is none. */
export function previousBound(columns: EffectColumns, sees: Sees, v: Instant): Instant | undefined {
  const last = Math.max(
    columns.isVague ? previousVague(columns, sees, v) : previousStart(columns, sees, v),
    previousEnd(columns, sees, v),
  );
  return last <= EARLIEST ? undefined : last;
}

function nextStart(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  for (let index = columns.startedBy(v); index < columns.count; index += 1)
    if (sees(index)) return columns.fromLatest[index]!;
  return NEVER;
}

function nextEnd(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  const { ends, untilLatest } = columns;
  for (let n = columns.endedBy(v); n < ends.length; n += 1)
    if (sees(ends[n]!)) return untilLatest![ends[n]!]!;
  return NEVER;
}

/**
 * The next of the earliest instants of vague starts and ends. Where an effect starts at `v`, also the next millisecond: from then on a vague effect
 * may outrank the effect.
 */
function nextVague(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  const { fromLatest, fromEarliest, untilEarliest, untilLatest, vagueStarts, vagueEnds } = columns;
  for (let index = columns.startedBy(v) - 1; index >= 0 && fromLatest[index] === v; index -= 1)
    if (sees(index)) return v + 1;
  const soonest = (order: Column, latest: Column, earliest: Column, from: Instant): Instant => {
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

function previousStart(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  for (let index = columns.startedBy(v) - 1; index >= 0; index -= 1)
    if (sees(index)) return columns.fromLatest[index]!;
  return -NEVER;
}

function previousEnd(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  const { ends, untilLatest } = columns;
  for (let n = columns.endedBy(v) - 1; n >= 0; n -= 1) if (sees(ends[n]!)) return untilLatest![ends[n]!]!;
  return -NEVER;
}

/** The last of the starts, each also one millisecond later, and of the earliest instants of vague ends. */
function previousVague(columns: EffectColumns, sees: Sees, v: Instant): Instant {
  const { fromEarliest, untilEarliest, vagueStarts, vagueEnds } = columns;
  const newest = (order: Column, earliest: Column, after: Instant): Instant => {
    let last = after;
    for (const index of order) {
      const at = earliest[index]!;
      if (at <= v && at > last && sees(index)) last = at;
    }
    return last;
  };
  const start = newest(vagueStarts, fromEarliest, previousStart(columns, sees, v));
  const begun = start > -NEVER && start < v ? start + 1 : start;
  return vagueEnds.length === 0 ? begun : newest(vagueEnds, untilEarliest!, begun);
}
