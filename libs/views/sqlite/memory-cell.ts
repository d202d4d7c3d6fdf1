import type { Instant } from '#time';
import { endsAt, isDay, overlay, SILENT, type CellState, type KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import { nextBound, previousBound } from './loaded-bounds.js';
import type { EffectFilter } from './effect-filter.js';
import { NEVER, countUpTo, type LoadedCell } from './loaded-cell.js';

/**
 * A cell in memory, at a cut: the overlay (libs/timeline/overlay.ts) over lists of numbers. An effect is named by its index in the lists, which
 * are in the order of the latest start. So `at(v)` need not read the whole cell: it goes down from the last effect that surely started by `v`, and
 * skips the effects that the cut does not see or that have ended.
 *
 * - Where no start or end in the cell is vague, the first effect that is left holds alone.
 * - Where some are vague, the walk continues until no lower effect can hold: below the earliest start of an effect that is surely active
 *   (`floor`). Effects whose vague start may be before `v` or after `v` are above the start of the walk: `vagueStarts` has them. `overlay`
 *   then decides between these few effects.
 *
 * A state in which one effect surely holds is the same object at every instant.
 */
export class MemoryCell implements CellSteps {
  private readonly sees: (index: number) => boolean;
  private readonly known = new Map<number, KnownEffect>();
  /**
   * States in which an effect surely holds alone. The key is the index of the effect where its value holds, and `-1 - index` where its
   * `then` holds.
   */
  private readonly alone = new Map<number, CellState>();
  /** Whether a term of a claimant ends at an instant, by instant and claimant. */
  private readonly ended = new Map<string, boolean>();

  constructor(
    private readonly loaded: LoadedCell,
    private readonly filter: EffectFilter,
  ) {
    this.sees = loaded.seenBy(filter);
  }

  at(v: Instant): CellState {
    const { loaded } = this;
    if (!loaded.isVague) {
      for (let index = loaded.startedBy(v) - 1; index >= 0; index -= 1) {
        if (this.sees(index) && loaded.lastsTo(index, v)) return this.aloneAt(index, v);
      }
      return SILENT;
    }
    const found = this.candidatesAt(v);
    const [only] = found;
    if (only === undefined) return SILENT;
    if (found.length === 1 && this.isPlain(only, v)) return this.aloneAt(only, v);
    return overlay(
      found.map((index) => this.met(this.effect(index))),
      v,
    );
  }

  next(v: Instant): Instant | undefined {
    return nextBound(this.loaded, this.sees, v);
  }

  previous(v: Instant): Instant | undefined {
    return previousBound(this.loaded, this.sees, v);
  }

  /**
   * The start of the run at `v`: neighbouring effects without an end that give the value at `v`. Where starts are vague, the start of the first effect
   * of the run that surely started after every effect before the run.
   */
  sameSince(v: Instant): Instant | undefined {
    const { loaded } = this;
    const { fromEarliest, fromLatest } = loaded;
    const run: number[] = [];
    const isOfRun = (index: number): boolean =>
      loaded.isEndless(index) && loaded.isSameOutcome(index, run[0] ?? index);
    let before = loaded.isVague ? loaded.startOfPart - 1 : -NEVER;
    for (let index = loaded.startedBy(v) - 1; index >= 0; index -= 1) {
      if (!this.sees(index)) continue;
      if (!isOfRun(index)) {
        before = Math.max(before, fromLatest[index]!);
        break;
      }
      run.push(index);
    }
    for (const index of loaded.vagueStarts)
      if (fromEarliest[index]! <= v && v < fromLatest[index]! && this.sees(index) && !isOfRun(index))
        return undefined;
    const first = loaded.isVague ? run.findLast((index) => fromEarliest[index]! > before) : run.at(-1);
    return first === undefined ? undefined : fromLatest[first];
  }

  /** Whether the cut sees no effect of the cell. */
  get isEmpty(): boolean {
    for (let index = this.loaded.count - 1; index >= 0; index -= 1) if (this.sees(index)) return false;
    return true;
  }

  get size(): number {
    return this.loaded.count;
  }

  /** The bounds around an instant are found among all vague bounds. */
  get stepWork(): number {
    const { vagueStarts, vagueEnds } = this.loaded;
    return 5 + Math.ceil((vagueStarts.length + vagueEnds.length) / 200);
  }

  effects(): KnownEffect[] {
    return this.loaded.isVague ? this.all().map((effect) => this.met(effect)) : this.all();
  }

  /** Every effect of the cell that the cut sees. */
  all(): KnownEffect[] {
    const found: KnownEffect[] = [];
    for (let index = 0; index < this.loaded.count; index += 1)
      if (this.sees(index)) found.push(this.effect(index));
    return found;
  }

  /**
   * Every effect that may hold at `v`, and possibly effects that cannot hold: `overlay` decides. A start that meets an end still counts as a whole
   * day here.
   */
  private candidatesAt(v: Instant): number[] {
    const { fromEarliest, fromLatest, vagueStarts } = this.loaded;
    const found: number[] = [];
    const first = countUpTo(vagueStarts.length, (n) => fromLatest[vagueStarts[n]!]!, v);
    for (let n = first; n < vagueStarts.length; n += 1) {
      const index = vagueStarts[n]!;
      if (fromEarliest[index]! <= v && this.sees(index)) found.push(index);
    }
    /** An effect that surely started before this instant cannot hold. */
    let floor = -Infinity;
    for (let index = this.loaded.startedBy(v) - 1; index >= 0; index -= 1) {
      if (fromLatest[index]! < floor) break;
      if (!this.sees(index) || !this.loaded.lastsTo(index, v)) continue;
      found.push(index);
      if (this.isSure(index, v)) floor = Math.max(floor, fromEarliest[index]!);
    }
    return found;
  }

  /** Whether an effect, if it has started, is still active at `v` in every world. */
  private isSure(index: number, v: Instant): boolean {
    const { untilEarliest } = this.loaded;
    return untilEarliest === undefined || untilEarliest[index]! > v || this.loaded.hasThen(index);
  }

  /** Whether an effect is active at `v` with the same value in every world. */
  private isPlain(index: number, v: Instant): boolean {
    const { fromLatest, untilEarliest, untilLatest } = this.loaded;
    if (fromLatest[index]! > v || !this.isSure(index, v)) return false;
    return untilEarliest === undefined || untilEarliest[index]! > v || untilLatest![index]! <= v;
  }

  private aloneAt(index: number, v: Instant): CellState {
    const hasEnded = (this.loaded.untilLatest?.[index] ?? NEVER) <= v;
    const key = hasEnded ? -1 - index : index;
    const known = this.alone.get(key);
    if (known !== undefined) return known;
    // Other cells in one overlay also need to know whether it meets an end.
    const effect = this.met(this.effect(index));
    const candidate = { value: hasEnded ? effect.then : effect.value, effect };
    const state = { candidates: [candidate], silent: false };
    this.alone.set(key, state);
    return state;
  }

  private effect(index: number): KnownEffect {
    const known = this.known.get(index);
    if (known !== undefined) return known;
    const effect = this.loaded.effect(index);
    this.known.set(index, effect);
    return effect;
  }

  private met(effect: KnownEffect): KnownEffect {
    return this.meets(effect) ? { ...effect, meets: true as const } : effect;
  }

  private meets({ from, claimant }: KnownEffect): boolean {
    if (!isDay(from)) return false;
    const key = `${from.earliest} ${claimant}`;
    const known = this.ended.get(key);
    if (known !== undefined) return known;
    const ended =
      this.hasExactEnd(from.earliest, claimant) &&
      endsAt(this.ofClaimantAt(claimant, from.earliest - 1), from.earliest);
    this.ended.set(key, ended);
    return ended;
  }

  private hasExactEnd(at: Instant, claimant: string): boolean {
    const { ends, untilLatest, untilEarliest } = this.loaded;
    for (let n = this.loaded.endedBy(at) - 1; n >= 0 && untilLatest![ends[n]!] === at; n -= 1) {
      const index = ends[n]!;
      if (untilEarliest![index] === at && this.loaded.claimant(index) === claimant && this.sees(index))
        return true;
    }
    return false;
  }

  /** The effects of one claimant that may hold at `v`. */
  private ofClaimantAt(claimant: string, v: Instant): KnownEffect[] {
    const own =
      this.filter.accordingTo === claimant
        ? this
        : new MemoryCell(this.loaded, { ...this.filter, accordingTo: claimant });
    return own.candidatesAt(v).map((index) => own.effect(index));
  }
}
