import type { AspectRule } from '#timeline';
import { ContentsReader, type EffectContent } from './contents.js';
import type { Db } from './database.js';
import { EffectColumns } from './effect-columns.js';
import { AT, NUMBERED_COLUMNS, type CellName, type NumberedRow } from './effects-table.js';
import { LOWEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';
import { RecentCells, type RecentCell } from './recent-cells.js';
import type { CellRow } from './walk.js';

/** Cells of some subjects of a category that were read ahead. */
interface Ahead {
  readonly category: string | undefined;
  readonly rows: ReadonlyMap<string, readonly CellRow[]>;
  readonly cells: ReadonlyMap<number, EffectColumns>;
}

const NOTHING: Ahead = { category: undefined, rows: new Map(), cells: new Map() };

/** The cells of subjects, read from the file where they are not remembered: one cell, or the cells of many subjects together. */
export class LoadedCells {
  readonly recent: RecentCells;
  private readonly contents: ContentsReader;
  private readonly statements;
  /** Cells that were read ahead, until the next `load`; `keep` adds the cells of a subject to the remembered cells. */
  private ahead: Ahead = NOTHING;

  constructor(
    db: Db,
    /** The greatest number of effects of a cell that is read whole. */
    private readonly most: number,
  ) {
    this.recent = new RecentCells(db);
    this.contents = new ContentsReader(db);
    this.statements = {
      ofSubject: db
        .prepare<[string, string], CellColumns>(
          `SELECT ${CELL_COLUMNS} FROM cells c WHERE category = ? AND subject = ? ORDER BY aspect, key`,
        )
        .raw(),
      ofSubjects: db
        .prepare<[string, string], CellColumns>(
          `SELECT ${CELL_COLUMNS} FROM cells c WHERE category = ? AND subject IN (SELECT value FROM json_each(?))
           ORDER BY subject, aspect, key`,
        )
        .raw(),
      effects: db
        .prepare<[number, number], NumberedRow>(
          `SELECT ${NUMBERED_COLUMNS} FROM effects WHERE cell = ? ${LOWEST_ROW_FIRST} LIMIT ?`,
        )
        .raw(),
      effectsOfCells: db
        .prepare<[string, number], readonly [...NumberedRow, cell: number]>(
          `SELECT ${NUMBERED_COLUMNS}, cell FROM effects WHERE cell IN (SELECT value FROM json_each(?))
           ORDER BY cell, ${ROW_KEY.join(', ')} LIMIT ?`,
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

  cell(row: CellRow): RecentCell {
    const known = this.recent.get(row.id) ?? this.ahead.cells.get(row.id);
    if (known !== undefined) return known;
    const rows = this.statements.effects.all(row.id, this.most + 1);
    const cell = rows.length > this.most ? 'large' : new EffectColumns(row, rows, this.contentsOf(rows));
    this.recent.keep(row.id, cell);
    return cell;
  }

  /** Forgets the cells that were written to. */
  refresh(): void {
    if (this.recent.refresh()) this.ahead = NOTHING;
  }

  /**
   * Reads ahead, together, the cells of some subjects that are not remembered. This takes a quarter of the time of separate reads. The cells are in
   * memory until the next call.
   */
  load(category: string, subjects: readonly string[]): void {
    if (!this.recent.mayKeep) return;
    this.ahead = NOTHING;
    const unknown: string[] = [];
    const missing = new Map<number, CellRow>();
    for (const subject of subjects) {
      const rows = this.recent.cellsOf(category, subject);
      if (rows === undefined) unknown.push(subject);
      else this.addMissing(missing, rows);
    }
    if (unknown.length > 0) {
      const rows = this.readRows(category, unknown);
      this.ahead = { category, rows, cells: new Map() };
      for (const ofSubject of rows.values()) this.addMissing(missing, ofSubject);
    }
    if (missing.size > 1) this.ahead = { ...this.ahead, cells: this.readCells(missing) };
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

  private addMissing(missing: Map<number, CellRow>, rows: readonly CellRow[]): void {
    for (const row of rows) if (this.recent.get(row.id) === undefined) missing.set(row.id, row);
  }

  private readRows(category: string, subjects: readonly string[]): Map<string, CellRow[]> {
    const found = new Map<string, CellRow[]>(subjects.map((subject) => [subject, []]));
    for (const columns of this.statements.ofSubjects.all(category, JSON.stringify(subjects)))
      found.get(columns[2])!.push(cellRow(columns));
    return found;
  }

  /** The limit may cut off the last cell that was read: then this cell and the later ones are read one by one, when they are needed. */
  private readCells(missing: ReadonlyMap<number, CellRow>): Map<number, EffectColumns> {
    const cells = new Map<number, EffectColumns>();
    const most = this.most + 1;
    const rows = this.statements.effectsOfCells.all(JSON.stringify([...missing.keys()]), most);
    const contents = this.contentsOf(rows);
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const cell = rows[start]!.at(-1) as number;
      while (end < rows.length && rows[end]!.at(-1) === cell) end += 1;
      if (end < most)
        cells.set(cell, new EffectColumns(missing.get(cell)!, rows.slice(start, end), contents));
    }
    return cells;
  }

  private contentsOf(rows: readonly (readonly [...NumberedRow, ...unknown[]])[]): Map<number, EffectContent> {
    return this.contents.all(new Set(rows.map((row) => row[AT.content])));
  }
}

const CELL_COLUMNS = 'c.id, c.category, c.subject, c.aspect, c.key, c.rule, c.vague';
type CellColumns = readonly [
  id: number,
  category: string,
  subject: string,
  aspect: string,
  key: CellName['key'],
  rule: AspectRule,
  vague: 0 | 1,
];

function cellRow([id, category, subject, aspect, key, rule, vague]: CellColumns): CellRow {
  return { id, category, subject, aspect, key, rule, vague };
}
