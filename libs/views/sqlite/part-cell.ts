import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellState, KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import { ColumnCell } from './column-cell.js';
import { NEVER, type EffectColumns } from './effect-columns.js';
import type { EffectFilter } from './effect-filter.js';

/**
 * A cell at a cut, of which a part is in memory. The part answers where no effect outside it can change the answer. At the first other question the
 * whole cell is read.
 */
export class PartCell implements CellSteps {
  private readonly part: ColumnCell;
  private read: CellSteps | undefined;

  constructor(
    private readonly columns: EffectColumns,
    filter: EffectFilter,
    private readonly readWhole: () => CellSteps,
  ) {
    this.part = new ColumnCell(columns, filter);
    // Whether a start meets an end can depend on effects outside the part.
    if (columns.mayMeet) this.read = readWhole();
  }

  /**
   * An effect that surely holds hides all effects that start before it. So the state is right where every effect in it starts after all effects that are
   * not in memory, and one of them surely holds.
   */
  at(v: Instant): CellState {
    const { read, columns } = this;
    if (read !== undefined || !columns.hasLastStart(v)) return this.whole.at(v);
    const state = this.part.at(v);
    const start = earliestStartIn(state);
    const isBeforeRun = !columns.has(v);
    return columns.has(start) || (isBeforeRun && columns.hasLastStart(start)) ? state : this.whole.at(v);
  }

  next(v: Instant): Instant | undefined {
    const { read, columns } = this;
    if (read !== undefined || !columns.has(v)) return this.whole.next(v);
    const next = this.part.next(v);
    return columns.has(next ?? LATEST) ? next : this.whole.next(v);
  }

  previous(v: Instant): Instant | undefined {
    const { read, columns } = this;
    if (read !== undefined || !columns.has(v)) return this.whole.previous(v);
    const previous = this.part.previous(v);
    return columns.has(previous ?? EARLIEST) ? previous : this.whole.previous(v);
  }

  sameSince(v: Instant): Instant | undefined {
    const { read, columns } = this;
    if (read !== undefined || !columns.hasLastStart(v)) return this.whole.sameSince?.(v);
    const since = this.part.sameSince(v);
    if (since === undefined) return undefined;
    const isKnown = columns.has(v)
      ? columns.has(since) || columns.isRunStart(since)
      : columns.hasLastStart(since);
    return isKnown ? since : this.whole.sameSince?.(v);
  }

  get isEmpty(): boolean | undefined {
    const isAll = this.columns.has(EARLIEST) && this.columns.has(LATEST);
    return this.part.isEmpty ? isAll || this.whole.isEmpty : false;
  }

  /** Where bounds are vague, a search may be long, also in effects outside the part. */
  get size(): number {
    return this.columns.cell.vague > 0 ? NEVER : this.columns.count;
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
