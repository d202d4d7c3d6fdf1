import type { Instant } from '#time';
import { countUpTo, NEVER, type EffectColumns } from './effect-columns.js';

/**
 * Where an instant lies among those at which a cell may change its answers, on each axis: how many of them are not after it. Between two
 * neighbouring ones nothing changes. A claimant or a grade in the question only leaves some of them out.
 */
class CellPlaces {
  private readonly vagueStarts: Float64Array;
  private readonly vagueEnds: Float64Array;
  private readonly reported: readonly Float64Array[];
  private readonly recorded: readonly Float64Array[];

  constructor(private readonly columns: EffectColumns) {
    const { fromEarliest, untilEarliest, vagueStarts, vagueEnds } = columns;
    this.vagueStarts = Float64Array.from(vagueStarts, (index) => fromEarliest[index]!).sort();
    this.vagueEnds = Float64Array.from(vagueEnds, (index) => untilEarliest![index]!).sort();
    this.reported = [ascending(columns.reportedFrom), endsOf(columns.reportedUntil)];
    this.recorded = [ascending(columns.recordedFrom), endsOf(columns.recordedUntil)];
  }

  /** Undefined while a vague start passes: which of two effects is the likelier one may change at any instant then. */
  ofValid(v: Instant): number | undefined {
    const { columns, vagueStarts } = this;
    const { fromLatest, vagueStarts: order } = columns;
    const begun = upTo(vagueStarts, v);
    if (begun > countUpTo(order.length, (n) => fromLatest[order[n]!]!, v)) return undefined;
    return columns.startedBy(v) + columns.endedBy(v) + upTo(this.vagueEnds, v);
  }

  ofReported(knownAt: Instant): number {
    return this.reported.reduce((count, instants) => count + upTo(instants, knownAt), 0);
  }

  ofRecorded(recordedAt: number): number {
    return this.recorded.reduce((count, sequences) => count + upTo(sequences, recordedAt), 0);
  }
}

const known = new WeakMap<EffectColumns, CellPlaces>();

/** Made once for the columns. */
export function placesIn(columns: EffectColumns): CellPlaces {
  const places = known.get(columns) ?? new CellPlaces(columns);
  known.set(columns, places);
  return places;
}

const NONE = new Float64Array();

/** The same column, where it ascends already: as it does where events come in order. */
function ascending(column: Float64Array): Float64Array {
  const ascends = column.every((value, index) => index === 0 || column[index - 1]! <= value);
  return ascends ? column : column.slice().sort();
}

const endsOf = (column: Float64Array | undefined): Float64Array =>
  column === undefined ? NONE : column.filter((value) => value !== NEVER).sort();

const upTo = (values: Float64Array, v: number): number =>
  countUpTo(values.length, (index) => values[index]!, v);
