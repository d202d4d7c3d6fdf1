import type { Instant } from '#time';
import { countUpTo, NEVER, type Column, type EffectColumns } from './effect-columns.js';

/** A stretch of known and of recorded time: [from, to) of each. */
export interface Stretch {
  readonly known: Bounds;
  readonly recorded: Bounds;
}

interface Bounds {
  from: number;
  to: number;
}

/**
 * Numbers the stretches of time between the instants at which a cell may change its answers, on each axis. The number of a stretch is the number of
 * these instants up to a given instant. Within a stretch no answer changes. On the valid axis, a number is only for cuts that see the same effects.
 * Where the question names claimants or grades, fewer instants matter, and the numbers are still right.
 */
class CellStretches {
  private readonly vagueStarts: Column;
  private readonly vagueEnds: Column;
  private readonly reported: readonly Column[];
  private readonly recorded: readonly Column[];

  constructor(private readonly columns: EffectColumns) {
    const { fromEarliest, untilEarliest, vagueStarts, vagueEnds } = columns;
    this.vagueStarts = ordered(vagueStarts.map((index) => fromEarliest[index]!));
    this.vagueEnds = ordered(vagueEnds.map((index) => untilEarliest![index]!));
    this.reported = [ordered(columns.reportedFrom), endsOf(columns.reportedUntil)];
    this.recorded = [ordered(columns.recordedFrom), endsOf(columns.recordedUntil)];
  }

  /**
   * The number of the stretch of an instant. Starts and ends of effects that the cut does not see do not count: so most cuts use the answer of an
   * earlier cut that saw the same effects. Undefined while a vague start passes: the likelier of two effects may then change at any instant.
   */
  ofValid(v: Instant, sees: (index: number) => boolean): number | undefined {
    const { columns, vagueStarts } = this;
    const { fromLatest, vagueStarts: order, ends } = columns;
    const begun = upTo(vagueStarts, v);
    if (begun > countUpTo(order.length, (n) => fromLatest[order[n]!]!, v)) return undefined;
    let started = columns.startedBy(v);
    while (started > 0 && !sees(started - 1)) started -= 1;
    let ended = columns.endedBy(v);
    while (ended > 0 && !sees(ends[ended - 1]!)) ended -= 1;
    return started + ended + upTo(this.vagueEnds, v);
  }

  ofReported(knownAt: Instant): number {
    return this.reported.reduce((count, instants) => count + upTo(instants, knownAt), 0);
  }

  ofRecorded(recordedAt: number): number {
    return this.recorded.reduce((count, sequences) => count + upTo(sequences, recordedAt), 0);
  }

  /** Narrows the stretch to the neighbouring instants of each axis around the question. */
  narrow(stretch: Stretch, knownAt: number, recordedAt: number): void {
    for (const instants of this.reported) narrowed(stretch.known, instants, knownAt);
    for (const sequences of this.recorded) narrowed(stretch.recorded, sequences, recordedAt);
  }
}

const known = new WeakMap<EffectColumns, CellStretches>();

/** The stretches of a cell. They are made once for its columns. */
export function stretchesOf(columns: EffectColumns): CellStretches {
  const stretches = known.get(columns) ?? new CellStretches(columns);
  known.set(columns, stretches);
  return stretches;
}

const NONE: Column = [];

/** The values in ascending order. It is the same column where the values already ascend, as where events come in order. */
function ordered(column: Column): Column {
  const ascends = column.every((value, index) => index === 0 || column[index - 1]! <= value);
  return ascends ? column : [...column].sort((a, b) => a - b);
}

const endsOf = (column: Column | undefined): Column =>
  column === undefined ? NONE : ordered(column.filter((value) => value !== NEVER));

const upTo = (values: Column, v: number): number => countUpTo(values.length, (index) => values[index]!, v);

function narrowed(bounds: Bounds, values: Column, v: number): void {
  const next = upTo(values, v);
  bounds.from = Math.max(bounds.from, values[next - 1] ?? -NEVER);
  bounds.to = Math.min(bounds.to, values[next] ?? NEVER);
}
