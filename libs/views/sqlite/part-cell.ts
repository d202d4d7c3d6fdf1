import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellState, KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import { MemoryCell } from './memory-cell.js';
import { NEVER, type LoadedCell } from './loaded-cell.js';
import type { EffectFilter } from './effect-filter.js';

/**
 * A cell at a cut, of which a part is in memory. The part answers where no effect outside it can change the answer. At the first other question the
 * whole cell is read.
 */
export class PartCell implements CellSteps {
  private readonly part: MemoryCell;
  private read: CellSteps | undefined;

  constructor(
    private readonly loaded: LoadedCell,
    filter: EffectFilter,
    private readonly readWhole: () => CellSteps,
  ) {
    this.part = new MemoryCell(loaded, filter);
    // Whether a start meets an end can depend on effects outside the part.
    if (loaded.mayMeet) this.read = readWhole();
  }

  /**
   * An effect that surely holds hides all effects that start before it. So the state is right where every effect in it starts after all effects that are
   * not in memory, and one of them surely holds.
   */
  at(v: Instant): CellState {
    const { read, loaded } = this;
    if (read !== undefined || !loaded.hasLastStart(v)) return this.whole.at(v);
    const state = this.part.at(v);
    const start = earliestStartIn(state);
    const isBeforeRun = !loaded.has(v);
    return loaded.has(start) || (isBeforeRun && loaded.hasLastStart(start)) ? state : this.whole.at(v);
  }

  next(v: Instant): Instant | undefined {
    const { read, loaded } = this;
    if (read !== undefined || !loaded.has(v)) return this.whole.next(v);
    const next = this.part.next(v);
    return loaded.has(next ?? LATEST) ? next : this.whole.next(v);
  }

  previous(v: Instant): Instant | undefined {
    const { read, loaded } = this;
    if (read !== undefined || !loaded.has(v)) return this.whole.previous(v);
    const previous = this.part.previous(v);
    return loaded.has(previous ?? EARLIEST) ? previous : this.whole.previous(v);
  }

  sameSince(v: Instant): Instant | undefined {
    const { read, loaded } = this;
    if (read !== undefined || !loaded.hasLastStart(v)) return this.whole.sameSince?.(v);
    const since = this.part.sameSince(v);
    if (since === undefined) return undefined;
    const isKnown = loaded.has(v)
      ? loaded.has(since) || loaded.isRunStart(since)
      : loaded.hasLastStart(since);
    return isKnown ? since : this.whole.sameSince?.(v);
  }

  get isEmpty(): boolean | undefined {
    const isAll = this.loaded.has(EARLIEST) && this.loaded.has(LATEST);
    return this.part.isEmpty ? isAll || this.whole.isEmpty : false;
  }

  /** Where bounds are vague, a search may be long, also in effects outside the part. */
  get size(): number {
    return this.loaded.cell.vague > 0 ? NEVER : this.loaded.count;
  }

  effects(): readonly KnownEffect[] | undefined {
    return this.whole.effects?.();
  }

  private get whole(): CellSteps {
    return (this.read ??= this.readWhole());
  }
}

function earliestStartIn({ candidates, silent }: CellState): Instant {
  let start = silent ? EARLIEST : LATEST;
  for (const { effect } of candidates) start = Math.min(start, effect.from.earliest);
  return start;
}
