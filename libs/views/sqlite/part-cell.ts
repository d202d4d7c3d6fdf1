import { EARLIEST, LATEST, type Instant } from '#time';
import type { CellState, KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import { ColumnCell } from './column-cell.js';
import type { EffectColumns } from './effect-columns.js';
import type { EffectFilter } from './effect-filter.js';

/**
 * A cell at a cut, of which a part is in memory. No effect of the cell is vague. The part answers where no effect outside it can change the answer.
 * At the first other question the whole cell is read.
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
  }

  /** The effect that started last holds. So the state is right where the effect that holds starts after all effects that are not in memory. */
  at(v: Instant): CellState {
    const { read, columns } = this;
    if (read !== undefined || !columns.hasLastStart(v)) return this.whole.at(v);
    const state = this.part.at(v);
    const start = state.candidates[0]?.effect.from.latest ?? EARLIEST;
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
    return this.part.isEmpty ? this.whole.isEmpty : false;
  }

  get size(): number {
    return this.columns.count;
  }

  effects(): readonly KnownEffect[] | undefined {
    return this.whole.effects?.();
  }

  private get whole(): CellSteps {
    return (this.read ??= this.readWhole());
  }
}
