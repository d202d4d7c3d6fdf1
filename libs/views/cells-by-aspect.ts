import type { Cell } from './sqlite/cell.js';

/** The cells of one subject. It may have thousands of aspects, and be asked about each: a look-up does not go through all cells. */
export class CellsByAspect {
  private grouped: Map<string, Cell[]> | undefined;

  constructor(private readonly cells: readonly Cell[]) {}

  /** The aspects with events that the cut sees, in order. */
  aspects(prefix: string): string[] {
    const found: string[] = [];
    for (const [aspect, cells] of this.byAspect)
      if (aspect.startsWith(prefix) && cells.some(({ isEmpty }) => isEmpty !== true)) found.push(aspect);
    return found;
  }

  /** The cells of some aspects, in the order of all cells. */
  of(aspects: readonly string[]): readonly Cell[] {
    const [only] = aspects;
    if (aspects.length === 1) return this.byAspect.get(only!) ?? [];
    return this.cells.filter(({ aspect }) => aspects.includes(aspect));
  }

  private get byAspect(): ReadonlyMap<string, readonly Cell[]> {
    if (this.grouped !== undefined) return this.grouped;
    this.grouped = new Map();
    for (const cell of this.cells) {
      const same = this.grouped.get(cell.aspect);
      if (same) same.push(cell);
      else this.grouped.set(cell.aspect, [cell]);
    }
    return this.grouped;
  }
}
