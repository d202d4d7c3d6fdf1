import type { Db } from '#sqlite';
import { CellParts, partBoundsOf, type Around } from './cell-parts.js';
import { ContentsReader, type EffectContent } from './contents.js';
import { LoadedCell, type PartBounds, type LongRow } from './loaded-cell.js';
import {
  AT,
  CELL_COLUMNS,
  cellRow,
  EFFECTS_TABLE_COLUMNS,
  NUMBERED_COLUMNS,
  type CellRow,
  type NumberedRow,
  type RowOfCell,
} from './table-columns.js';
import { LOWEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';
import type { ReadingWork } from './reading-work.js';
import { RecentCells, type RecentCell } from './recent-cells.js';
import { selected, type RowOf } from './sql-columns.js';

/** Cells of some subjects of a category that were read ahead. */
interface Ahead {
  readonly category: string | undefined;
  readonly rows: Map<string, readonly CellRow[]>;
  readonly cells: Map<number, RecentCell>;
}

const NOTHING: Ahead = { category: undefined, rows: new Map(), cells: new Map() };

/** The most cells of a subject that are read ahead. The cells of larger subjects are read one by one, because that work is limited. */
const MOST_AHEAD = 256;

/** Units of work of a row. */
const OF_ROW = 2;

/** The cells of subjects, read from the file where they are not remembered: one cell, or the cells of many subjects together. */
export class LoadedCells {
  readonly recent: RecentCells;
  private readonly contents: ContentsReader;
  private readonly parts: CellParts;
  private readonly statements;
  /** Cells that were read ahead, until the next `load`; `keep` adds the cells of a subject to the remembered cells. */
  private ahead: Ahead = NOTHING;

  constructor(
    db: Db,
    /** The greatest number of effects of a cell that is read whole. */
    private readonly most: number,
    private readonly work: ReadingWork,
  ) {
    this.recent = new RecentCells(db);
    this.contents = new ContentsReader(db);
    this.parts = new CellParts(db);
    this.statements = {
      ofSubject: db
        .prepare<[string, string], RowOf<typeof CELL_COLUMNS>>(
          `SELECT ${selected(CELL_COLUMNS)} FROM cells WHERE category = ? AND subject = ? ORDER BY aspect, key`,
        )
        .raw(),
      ofSubjects: db
        .prepare<[string, string], RowOf<typeof CELL_COLUMNS>>(
          `SELECT ${selected(CELL_COLUMNS)} FROM cells WHERE category = ? AND subject IN (SELECT value FROM json_each(?))
           ORDER BY subject, aspect, key`,
        )
        .raw(),
      effects: db
        .prepare<[number, number], NumberedRow>(
          `SELECT ${selected(NUMBERED_COLUMNS)} FROM effects WHERE cell = ? ${LOWEST_ROW_FIRST} LIMIT (SELECT ?)`,
        )
        .raw(),
      effectsOfCells: db
        .prepare<[string, number], RowOfCell>(
          `SELECT ${selected(EFFECTS_TABLE_COLUMNS)} FROM effects WHERE cell IN (SELECT value FROM json_each(?))
           ORDER BY cell, ${ROW_KEY.join(', ')} LIMIT (SELECT ?)`,
        )
        .raw(),
    };
  }

  /** The cells of a subject: the same list until a write to the subject. */
  rowsOf(category: string, subject: string): readonly CellRow[] {
    const known = this.recent.cellsOf(category, subject) ?? this.rowsAhead(category, subject);
    if (known !== undefined) return known;
    const rows = this.statements.ofSubject.all(category, subject).map(cellRow);
    this.recent.keepCellsOf(category, subject, rows);
    return rows;
  }

  /** A cell, or the part of it that is in memory. */
  cell(row: CellRow): RecentCell {
    return this.inMemory(row.id) ?? this.read(row);
  }

  /** A cell with all of its effects. */
  whole(row: CellRow): RecentCell {
    const known = this.inMemory(row.id);
    return known === 'large' || known?.isWhole === true ? known : this.read(row);
  }

  private read(row: CellRow): RecentCell {
    const rows = this.statements.effects.all(row.id, this.most + 1);
    const cell = rows.length > this.most ? 'large' : new LoadedCell(row, rows, this.contentsOf(rows));
    this.recent.keep(row.id, cell);
    if (this.ahead.cells.has(row.id)) this.ahead.cells.set(row.id, cell);
    this.work.spend(OF_ROW * rows.length);
    return cell;
  }

  private inMemory(cell: number): RecentCell | undefined {
    return this.ahead.cells.get(cell) ?? this.recent.get(cell);
  }

  /** Forgets the cells that were written to. */
  refresh(): void {
    if (this.recent.refresh()) this.ahead = NOTHING;
  }

  /**
   * Reads ahead, together, the cells of some subjects that are not remembered. This takes a quarter of the time of separate reads. The cells are in
   * memory until the next call. With an instant, only the part of a cell around the instant is read, as far as the cut needs it, unless another part is
   * remembered.
   */
  load(category: string, subjects: readonly string[], around?: Around): void {
    if (!this.recent.mayRemember) return;
    this.ahead = NOTHING;
    const unknown: string[] = [];
    const missing: CellRow[] = [];
    for (const subject of subjects) {
      const rows = this.recent.cellsOf(category, subject);
      if (rows === undefined) unknown.push(subject);
      else this.addMissing(missing, rows, around);
    }
    const rows = unknown.length > 0 ? this.readRows(category, unknown) : NOTHING.rows;
    for (const ofSubject of rows.values()) this.addMissing(missing, ofSubject, around);
    this.ahead = { category, rows, cells: new Map() };
    const isPart = (row: CellRow): boolean =>
      around !== undefined && mayBePart(row) && this.recent.get(row.id) === undefined;
    this.readParts(missing.filter(isPart), around!);
    const wholes = missing.filter((row) => !isPart(row));
    if (wholes.length > 1) this.readWholes(wholes);
  }

  /** Remembers the cells of a subject that were read ahead. */
  keep(rows: readonly CellRow[]): void {
    const { ahead, recent } = this;
    for (const [index, { id, category, subject }] of rows.entries()) {
      if (index === 0 && this.rowsAhead(category, subject) === rows)
        recent.keepCellsOf(category, subject, rows);
      const cell = ahead.cells.get(id);
      if (cell) recent.keep(id, cell);
    }
  }

  private rowsAhead(category: string, subject: string): readonly CellRow[] | undefined {
    return this.ahead.category === category ? this.ahead.rows.get(subject) : undefined;
  }

  private addMissing(missing: CellRow[], rows: readonly CellRow[], around: Around | undefined): void {
    if (rows.length > MOST_AHEAD) return;
    for (const row of rows) {
      const known = this.recent.get(row.id);
      const has =
        known === 'large' ||
        (around === undefined ? known?.isWhole : known?.isFor(around) && known.has(around.asOf));
      if (has !== true) missing.push(row);
    }
  }

  private readRows(category: string, subjects: readonly string[]): Map<string, CellRow[]> {
    const found = new Map<string, CellRow[]>(subjects.map((subject) => [subject, []]));
    for (const cell of this.statements.ofSubjects.all(category, JSON.stringify(subjects)).map(cellRow))
      found.get(cell.subject)!.push(cell);
    return found;
  }

  private readWholes(cells: readonly CellRow[]): void {
    this.addAhead(
      cells,
      (ids, limit) => this.statements.effectsOfCells.all(ids, limit),
      () => undefined,
    );
  }

  private readParts(cells: readonly CellRow[], around: Around): void {
    this.addAhead(cells, (ids, limit) => this.parts.read(ids, around, limit), partBoundsOf);
  }

  /** The limit may cut off the last cell that was read: then this cell and the later cells are read one by one, when they are needed. */
  private addAhead<R extends readonly [...RowOfCell, ...unknown[]]>(
    cells: readonly CellRow[],
    read: (ids: string, limit: number) => R[],
    partBoundsOf: (row: R) => PartBounds | undefined,
  ): void {
    if (cells.length === 0) return;
    const most = this.most + 1;
    const byId = new Map(cells.map((cell) => [cell.id, cell]));
    const rows = read(JSON.stringify([...byId.keys()]), most);
    const contents = this.contentsOf(rows);
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const cell = rows[start]![AT.cell];
      while (end < rows.length && rows[end]![AT.cell] === cell) end += 1;
      if (end === most) return;
      const loaded = new LoadedCell(
        byId.get(cell)!,
        rows.slice(start, end),
        contents,
        partBoundsOf(rows[start]!),
      );
      this.ahead.cells.set(cell, loaded);
    }
  }

  private contentsOf(rows: readonly LongRow[]): Map<number, EffectContent> {
    return this.contents.all(new Set(rows.map((row) => row[AT.content])));
  }
}

/** Whether a part of a cell has answers. Views read all registrations of a subject, mostly one. */
const mayBePart = ({ rule, aspect }: CellRow): boolean => rule !== 'ledger' && aspect !== 'registration';
