import type { Db } from '#sqlite';
import { ledgerOf, type KnownEffect } from '#timeline';
import type { CellSteps } from './cell.js';
import { MemoryCell } from './memory-cell.js';
import { effectsWithContents } from './contents.js';
import { passesFilter, type EffectFilter } from './effect-filter.js';
import { EFFECT_COLUMNS, effectOf, type CellRow, type EffectRow } from './table-columns.js';
import type { LoadedCells } from './loaded-cells.js';
import { PartCell } from './part-cell.js';
import { LOWEST_ROW_FIRST } from './rank-keys.js';
import type { ReadingWork } from './reading-work.js';
import type { RecentCell } from './recent-cells.js';
import { selected } from './sql-columns.js';
import { filterShape, prepareWalk, type Walk } from './walk.js';
import { WalkedCell } from './walked-cell.js';

/**
 * Cells up to this number of effects are read whole, and remembered: a read takes some 10 ms. Larger cells are walked, so that their length does not
 * matter.
 */
export const MOST_IN_MEMORY = 4096;
/** Units of work of reading a larger cell whole: some 10 µs an effect. */
const OF_LARGE = 10 * MOST_IN_MEMORY;

/** Opens cells at a cut, by the first reader that does not decline. A reader declines by `undefined`; the last reader opens every cell. */
export class CellOpener {
  private readonly effects;
  private readonly walks = new Map<string, Walk>();

  constructor(
    private readonly db: Db,
    private readonly loaded: LoadedCells,
    private readonly work: ReadingWork,
  ) {
    this.effects = db
      .prepare<[number], EffectRow>(
        `SELECT ${selected(EFFECT_COLUMNS)} FROM ${effectsWithContents()} WHERE cell = ? ${LOWEST_ROW_FIRST}`,
      )
      .raw();
  }

  open(row: CellRow, filter: EffectFilter, inMemory = this.loaded.cell(row)): CellSteps {
    return (
      this.ledger(row, filter, inMemory) ??
      this.part(row, filter, inMemory) ??
      this.whole(row, filter, inMemory) ??
      this.walked(row, filter)
    );
  }

  /** A ledger: every entry counts at every instant, so all are read. */
  private ledger(row: CellRow, filter: EffectFilter, inMemory: RecentCell): CellSteps | undefined {
    if (row.rule !== 'ledger') return undefined;
    return ledgerOf(this.whole(row, filter, inMemory)?.all() ?? this.readAll(row, filter));
  }

  /** The part of a cell that is in memory, where the part serves the cut. Where an answer needs more, the part opens the whole cell. */
  private part(row: CellRow, filter: EffectFilter, inMemory: RecentCell): CellSteps | undefined {
    if (inMemory === 'large' || inMemory.isWhole || !inMemory.isFor(filter)) return undefined;
    return new PartCell(inMemory, filter, () => this.open(row, filter, this.loaded.whole(row)));
  }

  /** A cell with all of its effects in memory: it is read there first. Declines a cell that is too large. */
  private whole(row: CellRow, filter: EffectFilter, inMemory: RecentCell): MemoryCell | undefined {
    const whole = inMemory === 'large' || inMemory.isWhole ? inMemory : this.loaded.whole(row);
    return whole === 'large' ? undefined : new MemoryCell(whole, filter);
  }

  /** A cell of any size, in the file: its length does not matter. */
  private walked(row: CellRow, filter: EffectFilter): CellSteps {
    return new WalkedCell(row, filter, this.walkFor, () => this.readAll(row, filter), this.work);
  }

  /** Every effect of a large cell that the filter sees. */
  private readAll(row: CellRow, filter: EffectFilter): KnownEffect[] {
    this.work.spend(OF_LARGE);
    return this.effects
      .all(row.id)
      .map((effect) => effectOf(effect, row))
      .filter((effect) => passesFilter(effect, filter));
  }

  /** The statements for filters of this shape: an unused condition costs nothing. */
  private readonly walkFor = (filter: EffectFilter): Walk => {
    const shape = filterShape(filter);
    const known = this.walks.get(shape);
    if (known !== undefined) return known;
    const walk = prepareWalk(this.db, filter);
    this.walks.set(shape, walk);
    return walk;
  };
}
