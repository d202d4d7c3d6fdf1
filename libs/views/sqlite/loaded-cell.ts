import type { Instant } from '#time';
import { isDay, type KnownEffect } from '#timeline';
import type { EffectContent } from './contents.js';
import { isHeard, type EffectFilter } from './effect-filter.js';
import { AT, type CellRow, type NumberedRow } from './table-columns.js';

/** The content of an effect with the value that it has after its end. */
interface EffectOutcome extends EffectContent {
  /** The value after the end; undefined where the effect has no such value. */
  readonly then: unknown;
}

/**
 * A number for each effect, in a plain array: for a cell of a few effects, a typed array takes ten times as long to make, and ten times the memory.
 */
export type Numbers = readonly number[];

/** A row; further columns may follow. */
export type LongRow = readonly [...NumberedRow, ...unknown[]];

/** The end of an effect without an end. */
export const NEVER = Infinity;

/**
 * The instants around a question for which a loaded cell has the effects. From `from` to `to`: every effect with a bound there. Effects that were first
 * reported at `knownTo` or later may be missing: so the cell serves the cuts before it. Before `from`
 * there may be a run: effects without an end that all give the value at the question, in any cut. The cell has only the first effect of the run, at `runFrom`, and the last
 * effect that starts between `beforeRunFrom` and the run.
 */
export interface PartBounds {
  readonly from: Instant;
  readonly to: Instant;
  readonly runFrom: Instant;
  readonly beforeRunFrom: Instant;
  readonly knownTo: Instant;
}

const WHOLE: PartBounds = { from: -NEVER, to: NEVER, runFrom: NEVER, beforeRunFrom: NEVER, knownTo: NEVER };

/**
 * The effects of one cell, in the order of rank, the lowest first (rank-keys.ts), as lists of numbers: some 80 bytes an effect. They never
 * change; a cut only chooses among the effects. A list is absent where no effect of the cell has a value for it.
 */
export class LoadedCell {
  readonly count: number;
  readonly fromLatest: Numbers;
  readonly fromEarliest: Numbers;
  /** `NEVER` for an effect without an end. */
  readonly untilEarliest: Numbers | undefined;
  readonly untilLatest: Numbers | undefined;
  readonly reportedFrom: Numbers;
  readonly reportedUntil: Numbers | undefined;
  readonly recordedFrom: Numbers;
  readonly recordedUntil: Numbers | undefined;
  /** Absent where every effect is the first of its event. */
  private readonly ordinals: Numbers | undefined;
  private readonly ids: readonly string[];
  /** The ids of events; undefined for an effect that rests on its own event alone. */
  private readonly because: readonly (readonly string[] | undefined)[] | undefined;
  /** The index of the outcome of each effect. */
  private readonly outcomeOf: Numbers;
  private readonly outcomes: readonly EffectOutcome[];
  /** The effects with an end, in the order of the latest instant of the end. */
  readonly ends: Numbers;
  /**
   * `vagueStarts`: the effects with a vague start, in the order of the latest instant of the start. `vagueEnds`: the effects with a vague end, in the
   * order of the latest instant of the end.
   */
  readonly vagueStarts: Numbers;
  readonly vagueEnds: Numbers;

  constructor(
    readonly cell: CellRow,
    rows: readonly LongRow[],
    contents: ReadonlyMap<number, EffectContent>,
    private readonly part: PartBounds = WHOLE,
  ) {
    this.count = rows.length;
    const ends = (
      at: (typeof AT)['untilEarliest' | 'untilLatest' | 'reportedUntil' | 'recordedUntil'],
    ): Numbers | undefined =>
      rows.some((row) => row[at] !== null) ? rows.map((row) => row[at] ?? NEVER) : undefined;
    this.fromLatest = rows.map((row) => row[AT.fromLatest]);
    this.recordedFrom = rows.map((row) => row[AT.recordedFrom]);
    if (rows.some((row) => row[AT.ordinal] !== 0)) this.ordinals = rows.map((row) => row[AT.ordinal]);
    this.fromEarliest = rows.some((row) => row[AT.fromEarliest] !== row[AT.fromLatest])
      ? rows.map((row) => row[AT.fromEarliest])
      : this.fromLatest;
    this.untilLatest = ends(AT.untilLatest);
    this.untilEarliest = rows.some((row) => row[AT.untilEarliest] !== row[AT.untilLatest])
      ? ends(AT.untilEarliest)
      : this.untilLatest;
    this.reportedFrom = rows.map((row) => row[AT.reportedFrom]);
    this.reportedUntil = ends(AT.reportedUntil);
    this.recordedUntil = ends(AT.recordedUntil);
    this.ids = rows.map((row) => row[AT.eventId]);
    if (rows.some((row) => row[AT.because] !== null))
      this.because = rows.map(({ [AT.because]: ids }) =>
        ids === null ? undefined : (JSON.parse(ids) as string[]),
      );
    [this.outcomeOf, this.outcomes] = outcomesIn(rows, contents);
    const { fromEarliest, fromLatest, untilLatest, untilEarliest } = this;
    const those = (passes: (index: number) => boolean): number[] =>
      fromLatest.map((_, index) => index).filter(passes);
    const byEnd = (a: number, b: number): number => untilLatest![a]! - untilLatest![b]!;
    this.ends = untilLatest ? those((index) => untilLatest[index] !== NEVER).sort(byEnd) : NONE;
    this.vagueEnds =
      untilLatest && untilLatest !== untilEarliest
        ? those((index) => untilEarliest![index]! < untilLatest[index]!).sort(byEnd)
        : NONE;
    this.vagueStarts =
      fromEarliest === fromLatest ? NONE : those((index) => fromEarliest[index]! < fromLatest[index]!);
  }

  /** Whether the cell has every effect that is stored. */
  get isWhole(): boolean {
    return this.part.from === -NEVER && this.part.to === NEVER && this.part.knownTo === NEVER;
  }

  /** From this instant on, up to the end of the part, the cell has every effect with a bound. */
  get startOfPart(): Instant {
    return this.part.from;
  }

  /** The end of the known time for which the cell has answers. */
  get knownTo(): Instant {
    return this.part.knownTo;
  }

  /** Whether the cell has answers at a cut. */
  isFor({ knownAt = Number.MAX_VALUE }: EffectFilter): boolean {
    return knownAt < this.part.knownTo;
  }

  /** Whether the cell has every effect with a bound at an instant. */
  has(v: Instant): boolean {
    return this.part.from <= v && v <= this.part.to;
  }

  /** Whether the cell has the last effect that starts by an instant. */
  hasLastStart(v: Instant): boolean {
    return this.has(v) || (this.part.beforeRunFrom <= v && v < this.part.runFrom);
  }

  isRunStart(v: Instant): boolean {
    return v === this.part.runFrom;
  }

  get isVague(): boolean {
    return this.vagueStarts.length > 0 || this.vagueEnds.length > 0;
  }

  /** Whether the filter sees the effect of an index. */
  seenBy(filter: EffectFilter): (index: number) => boolean {
    const { reportedFrom, reportedUntil, recordedFrom, recordedUntil, outcomeOf } = this;
    // Without a cut, the filter sees the effects whose spans have no end.
    const { knownAt = Number.MAX_VALUE, recordedAt = Number.MAX_VALUE } = filter;
    const heard =
      filter.accordingTo === undefined && filter.minReliability === undefined
        ? undefined
        : this.outcomes.map((one) => isHeard(one, filter));
    return (index) =>
      reportedFrom[index]! <= knownAt &&
      recordedFrom[index]! <= recordedAt &&
      (reportedUntil === undefined || reportedUntil[index]! > knownAt) &&
      (recordedUntil === undefined || recordedUntil[index]! > recordedAt) &&
      (heard === undefined || heard[outcomeOf[index]!]!);
  }

  /** The number of effects whose latest start is `v` or before. They have the indexes below this number. */
  startedBy(v: Instant): number {
    return countUpTo(this.count, (index) => this.fromLatest[index]!, v);
  }

  /** The number of `ends` whose latest instant is `v` or before. */
  endedBy(v: Instant): number {
    const { ends, untilLatest } = this;
    return ends.length === 0 ? 0 : countUpTo(ends.length, (n) => untilLatest![ends[n]!]!, v);
  }

  /** Whether a vague start may be before `v` or after `v`. */
  isStarting(v: Instant): boolean {
    return this.vagueStarts.some((index) => this.fromEarliest[index]! <= v && v < this.fromLatest[index]!);
  }

  /** Whether the effect continues after its end, with its `then`. */
  hasThen(index: number): boolean {
    return this.outcomes[this.outcomeOf[index]!]!.then !== undefined;
  }

  /** Whether the effect, if it has started, may still be active at `v`. */
  lastsTo(index: number, v: Instant): boolean {
    return this.isEndless(index) || this.untilLatest![index]! > v || this.hasThen(index);
  }

  isEndless(index: number): boolean {
    return this.untilLatest === undefined || this.untilLatest[index] === NEVER;
  }

  /** Whether a start that is known to the day may meet the end of a term. */
  get mayMeet(): boolean {
    const { fromEarliest, fromLatest, untilEarliest, untilLatest, ends, vagueStarts } = this;
    if (ends.length === 0 || vagueStarts.length === 0) return false;
    const exactEnds = new Set(
      ends
        .filter((index) => untilEarliest![index] === untilLatest![index])
        .map((index) => untilLatest![index]!),
    );
    return vagueStarts.some((index) => {
      const [earliest, latest] = [fromEarliest[index]!, fromLatest[index]!];
      return exactEnds.has(earliest) && isDay({ earliest, latest });
    });
  }

  /** Whether two effects have the same value, from the same claimant. */
  isSameOutcome(one: number, other: number): boolean {
    return this.outcomeOf[one] === this.outcomeOf[other];
  }

  claimant(index: number): string {
    return this.outcomes[this.outcomeOf[index]!]!.claimant;
  }

  effect(index: number): KnownEffect {
    const { value, then, claimant, standing, reliability } = this.outcomes[this.outcomeOf[index]!]!;
    const eventId = this.ids[index]!;
    const { subject, aspect, rule } = this.cell;
    const latest = this.untilLatest?.[index] ?? NEVER;
    const effect: { -readonly [K in keyof KnownEffect]: KnownEffect[K] } = {
      subject,
      aspect,
      rule,
      value,
      from: { earliest: this.fromEarliest[index]!, latest: this.fromLatest[index]! },
      claimant,
      eventId,
      ordinal: this.ordinals?.[index] ?? 0,
      because: this.because?.[index] ?? [eventId],
      standing,
      reliability,
      reported: spanIn(this.reportedFrom, this.reportedUntil, index),
      recorded: spanIn(this.recordedFrom, this.recordedUntil, index),
    };
    if (latest !== NEVER) effect.until = { earliest: this.untilEarliest![index]!, latest };
    if (then !== undefined) effect.then = then;
    return effect;
  }
}

const NONE: Numbers = [];

/** The index of the outcome of each effect; and the outcomes, each once. */
function outcomesIn(
  rows: readonly LongRow[],
  contents: ReadonlyMap<number, EffectContent>,
): [Numbers, readonly EffectOutcome[]] {
  const outcomes: EffectOutcome[] = [];
  const known = new Map<number | string, number>();
  const indexes = rows.map((row) => {
    const [content, then] = [row[AT.content], row[AT.thenValue]];
    const key = then === null ? content : `${content} ${then}`;
    const index = known.get(key);
    if (index !== undefined) return index;
    known.set(key, outcomes.length);
    const parsed: unknown = then === null ? undefined : JSON.parse(then);
    const { claimant, standing, reliability, value } = contents.get(content)!;
    // The members are copied one by one: a spread would give the outcomes many hidden classes, and each access to an outcome would take longer.
    outcomes.push({ claimant, standing, reliability, value, then: parsed });
    return outcomes.length - 1;
  });
  return [indexes, outcomes];
}

function spanIn(from: Numbers, until: Numbers | undefined, index: number): KnownEffect['reported'] {
  const end = until?.[index] ?? NEVER;
  return end === NEVER ? { from: from[index]! } : { from: from[index]!, until: end };
}

/** The number of the first `count` ascending values that are `v` or less. */
export function countUpTo(count: number, valueAt: (index: number) => number, v: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= v) low = middle + 1;
    else high = middle;
  }
  return low;
}
