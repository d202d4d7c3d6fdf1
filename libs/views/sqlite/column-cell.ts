import { EARLIEST, LATEST, type Instant } from '#time';
import { endsAt, isDay, overlay, SILENT, type CellState, type KnownEffect, type Steps } from '#timeline';
import type { EffectFilter } from './effect-filter.js';
import { NEVER, countUpTo, type Column, type EffectColumns } from './effect-columns.js';

/**
 * A cell in memory, at a cut. `at` goes down its effects from the latest start that is not after V, past those that the cut does not see, and
 * stops at the first effect that no lower one can outrank. The same state is the same object, at any instant.
 */
export class ColumnCell implements Steps<CellState> {
  private readonly sees: (index: number) => boolean;
  private readonly effects = new Map<number, KnownEffect>();
  /** By effect: the state in which it surely holds alone, with its value and with its `then`. */
  private readonly alone = new Map<number, CellState>();
  /** By claimant and boundary: whether the claimant's term ends there. */
  private readonly ended = new Map<string, boolean>();

  constructor(
    private readonly columns: EffectColumns,
    private readonly filter: EffectFilter,
  ) {
    this.sees = columns.seenBy(filter);
  }

  at(v: Instant): CellState {
    const { columns } = this;
    if (!columns.isVague) {
      for (let index = columns.startedBy(v) - 1; index >= 0; index -= 1) {
        if (this.sees(index) && this.isActive(index, v)) return this.aloneAt(index, v);
      }
      return SILENT;
    }
    const found = this.found(v);
    const [only] = found;
    if (only === undefined) return SILENT;
    if (found.length === 1 && this.isPlain(only, v)) return this.aloneAt(only, v);
    return overlay(
      found.map((index) => {
        const effect = this.effect(index);
        return this.meets(effect) ? { ...effect, meets: true as const } : effect;
      }),
      v,
    );
  }

  /** Every effect of the cell that the cut sees. */
  all(): KnownEffect[] {
    const found: KnownEffect[] = [];
    for (let index = 0; index < this.columns.count; index += 1)
      if (this.sees(index)) found.push(this.effect(index));
    return found;
  }

  /** Every effect that can hold at `v`, and possibly some that cannot. Here a start that meets an end still counts as a whole day. */
  private found(v: Instant): number[] {
    const { fromEarliest, fromLatest, vagueStarts } = this.columns;
    const found: number[] = [];
    const straddling = countUpTo(vagueStarts.length, (n) => fromLatest[vagueStarts[n]!]!, v);
    for (let n = straddling; n < vagueStarts.length; n += 1) {
      const index = vagueStarts[n]!;
      if (fromEarliest[index]! <= v && this.sees(index)) found.push(index);
    }
    /** No effect that starts before it can hold. */
    let floor = -Infinity;
    for (let index = this.columns.startedBy(v) - 1; index >= 0; index -= 1) {
      if (fromLatest[index]! < floor) break;
      if (!this.sees(index) || !this.isActive(index, v)) continue;
      found.push(index);
      if (this.isSure(index, v)) floor = Math.max(floor, fromEarliest[index]!);
    }
    return found;
  }

  /** Not ended by `v`. */
  private isActive(index: number, v: Instant): boolean {
    const { untilLatest } = this.columns;
    return untilLatest === undefined || untilLatest[index]! > v || this.columns.hasThen(index);
  }

  /** Whether it holds until after `v`, whatever its end is. */
  private isSure(index: number, v: Instant): boolean {
    const { untilEarliest } = this.columns;
    return untilEarliest === undefined || untilEarliest[index]! > v || this.columns.hasThen(index);
  }

  /** Whether it is surely active at `v`, with one value. */
  private isPlain(index: number, v: Instant): boolean {
    const { fromLatest, untilEarliest, untilLatest } = this.columns;
    if (fromLatest[index]! > v || !this.isSure(index, v)) return false;
    return untilEarliest === undefined || untilEarliest[index]! > v || untilLatest![index]! <= v;
  }

  private aloneAt(index: number, v: Instant): CellState {
    const hasEnded = (this.columns.untilLatest?.[index] ?? NEVER) <= v;
    const key = hasEnded ? -1 - index : index;
    const known = this.alone.get(key);
    if (known !== undefined) return known;
    const effect = this.effect(index);
    const candidate = { value: hasEnded ? effect.then : effect.value, effect };
    const state = { candidates: [candidate], silent: false };
    this.alone.set(key, state);
    return state;
  }

  private effect(index: number): KnownEffect {
    const known = this.effects.get(index);
    if (known !== undefined) return known;
    const effect = this.columns.effect(index);
    this.effects.set(index, effect);
    return effect;
  }

  private meets({ from, claimant }: KnownEffect): boolean {
    if (!isDay(from)) return false;
    const key = `${from.earliest} ${claimant}`;
    const known = this.ended.get(key);
    if (known !== undefined) return known;
    const ended =
      this.hasExactEnd(from.earliest, claimant) &&
      endsAt(this.voiceAt(claimant, from.earliest - 1), from.earliest);
    this.ended.set(key, ended);
    return ended;
  }

  private hasExactEnd(at: Instant, claimant: string): boolean {
    const { ends, untilLatest, untilEarliest } = this.columns;
    for (let n = this.columns.endedBy(at) - 1; n >= 0 && untilLatest![ends[n]!] === at; n -= 1) {
      const index = ends[n]!;
      if (untilEarliest![index] === at && this.columns.claimant(index) === claimant && this.sees(index))
        return true;
    }
    return false;
  }

  /** The values of one claimant in the cell. */
  private voiceAt(claimant: string, v: Instant): KnownEffect[] {
    const voice =
      this.filter.accordingTo === claimant
        ? this
        : new ColumnCell(this.columns, { ...this.filter, accordingTo: claimant });
    return voice.found(v).map((index) => voice.effect(index));
  }

  next(v: Instant): Instant | undefined {
    const { columns } = this;
    const next = Math.min(this.nextStart(v), this.nextEnd(v), columns.isVague ? this.nextVague(v) : NEVER);
    return next >= LATEST ? undefined : next;
  }

  private nextStart(v: Instant): Instant {
    const { columns } = this;
    for (let index = columns.startedBy(v); index < columns.count; index += 1)
      if (this.sees(index)) return columns.fromLatest[index]!;
    return NEVER;
  }

  private nextEnd(v: Instant): Instant {
    const { ends, untilLatest } = this.columns;
    for (let n = this.columns.endedBy(v); n < ends.length; n += 1)
      if (this.sees(ends[n]!)) return untilLatest![ends[n]!]!;
    return NEVER;
  }

  /** Where an effect starts at s, a vague effect may outrank it from s + 1 on (see boundsOf). */
  private nextVague(v: Instant): Instant {
    const { fromLatest, fromEarliest, untilEarliest, untilLatest, vagueStarts, vagueEnds } = this.columns;
    for (let index = this.columns.startedBy(v) - 1; index >= 0 && fromLatest[index] === v; index -= 1)
      if (this.sees(index)) return v + 1;
    const soonest = (order: Column, latest: Column, earliest: Column, from: Instant): Instant => {
      let next = NEVER;
      for (let n = countUpTo(order.length, (m) => latest[order[m]!]!, v); n < order.length; n += 1) {
        const at = earliest[order[n]!]!;
        if (at >= from && at < next && this.sees(order[n]!)) next = at;
      }
      return next;
    };
    const start = soonest(vagueStarts, fromLatest, fromEarliest, v);
    const end = vagueEnds.length === 0 ? NEVER : soonest(vagueEnds, untilLatest!, untilEarliest!, v + 1);
    return Math.min(start === v ? v + 1 : start, end);
  }

  previous(v: Instant): Instant | undefined {
    const last = Math.max(
      this.columns.isVague ? this.previousVague(v) : this.previousStart(v),
      this.previousEnd(v),
    );
    return last <= EARLIEST ? undefined : last;
  }

  private previousStart(v: Instant): Instant {
    const { columns } = this;
    for (let index = columns.startedBy(v) - 1; index >= 0; index -= 1)
      if (this.sees(index)) return columns.fromLatest[index]!;
    return -NEVER;
  }

  private previousEnd(v: Instant): Instant {
    const { ends, untilLatest } = this.columns;
    for (let n = this.columns.endedBy(v) - 1; n >= 0; n -= 1)
      if (this.sees(ends[n]!)) return untilLatest![ends[n]!]!;
    return -NEVER;
  }

  /** The starts, and the earliest instants of vague ends. */
  private previousVague(v: Instant): Instant {
    const { fromEarliest, untilEarliest, vagueStarts, vagueEnds } = this.columns;
    const newest = (order: Column, earliest: Column, after: Instant): Instant => {
      let last = after;
      for (const index of order) {
        const at = earliest[index]!;
        if (at <= v && at > last && this.sees(index)) last = at;
      }
      return last;
    };
    const start = newest(vagueStarts, fromEarliest, this.previousStart(v));
    const begun = start > -NEVER && start < v ? start + 1 : start;
    return vagueEnds.length === 0 ? begun : newest(vagueEnds, untilEarliest!, begun);
  }
}
