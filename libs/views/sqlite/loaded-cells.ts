import type { Instant } from '#time';
import type { AspectRule } from '#timeline';
import { ContentsReader, type EffectContent } from './contents.js';
import type { Db } from './database.js';
import { EffectColumns, type CellPart } from './effect-columns.js';
import { AT, NUMBERED_COLUMNS, type CellName, type NumberedRow } from './effects-table.js';
import { HIGHEST_ROW_FIRST, LOWEST_ROW_FIRST, ROW_KEY } from './rank-keys.js';
import { RecentCells, type RecentCell } from './recent-cells.js';
import type { CellRow } from './walk.js';

/** Cells of some subjects of a category that were read ahead. */
interface Ahead {
  readonly category: string | undefined;
  readonly rows: Map<string, readonly CellRow[]>;
  readonly cells: Map<number, RecentCell>;
}

const NOTHING: Ahead = { category: undefined, rows: new Map(), cells: new Map() };

/** The number of effects up to the instant that a part of a cell has at least: the present one and the one before. */
const UP_TO = 2;
/** The number of effects after the instant that a part has at least: the next one and the one after. */
const AFTER = 2;

/** In SQL, the latest start of the first effect of a cell that meets a condition, in an order. */
const startOf = (condition: string, order: 'ASC' | 'DESC', skip = 0): string =>
  `(SELECT from_latest FROM effects WHERE cell = id AND ${condition} ORDER BY from_latest ${order} LIMIT 1 OFFSET ${skip})`;

/**
 * The parts of cells around an instant (`CellPart`). `beforeRun`: the start of the effect before the run. 9e999 is infinity.
 */
const PARTS = `
  present AS MATERIALIZED (SELECT value AS id, (
    SELECT content FROM effects WHERE cell = value AND from_latest <= @asOf ${HIGHEST_ROW_FIRST} LIMIT 1
  ) AS said FROM json_each(@cells)),
  around AS MATERIALIZED (SELECT id,
    ifnull(${startOf('from_latest <= @asOf', 'DESC', UP_TO - 1)}, -9e999) AS low,
    ifnull(${startOf('from_latest > @asOf', 'ASC', AFTER - 1)}, 9e999) AS high,
    ifnull(${startOf(
      `from_latest <= @asOf AND
        (content <> said OR until_latest IS NOT NULL OR reported_until IS NOT NULL OR recorded_until IS NOT NULL)`,
      'DESC',
    )}, -9e999) AS beforeRun FROM present),
  parts AS MATERIALIZED (SELECT *,
    ifnull(${startOf('from_latest > beforeRun', 'ASC')}, 9e999) AS run,
    iif(EXISTS (SELECT 1 FROM effects WHERE cell = id AND from_latest < beforeRun), beforeRun, -9e999) AS since
    FROM around)`;

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
          `SELECT ${NUMBERED_COLUMNS} FROM effects WHERE cell = ? ${LOWEST_ROW_FIRST} LIMIT (SELECT ?)`,
        )
        .raw(),
      effectsOfCells: db
        .prepare<[string, number], readonly [...NumberedRow, cell: number]>(
          `SELECT ${NUMBERED_COLUMNS}, cell FROM effects WHERE cell IN (SELECT value FROM json_each(?))
           ORDER BY cell, ${ROW_KEY.join(', ')} LIMIT (SELECT ?)`,
        )
        .raw(),
      partsOfCells: db
        .prepare<
          [{ cells: string; asOf: Instant; limit: number }],
          readonly [...NumberedRow, ...PartColumns]
        >(
          `WITH ${PARTS}
           SELECT ${NUMBERED_COLUMNS}, cell, low, high, run, since FROM parts CROSS JOIN effects
             ON cell = id AND from_latest BETWEEN low AND high
           UNION ALL
           SELECT ${NUMBERED_COLUMNS}, cell, low, high, run, since FROM parts CROSS JOIN effects
             ON cell = id AND from_latest IN (run, beforeRun) WHERE beforeRun < low AND from_latest < low
           UNION ALL
           SELECT ${NUMBERED_COLUMNS}, cell, low, high, run, since FROM parts CROSS JOIN effects INDEXED BY ends
             ON cell = id AND until_latest BETWEEN low AND high AND from_latest < low AND from_latest NOT IN (run, beforeRun)
           ORDER BY cell, ${ROW_KEY.join(', ')} LIMIT (SELECT @limit)`,
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
    const cell = rows.length > this.most ? 'large' : new EffectColumns(row, rows, this.contentsOf(rows));
    this.recent.keep(row.id, cell);
    if (this.ahead.cells.has(row.id)) this.ahead.cells.set(row.id, cell);
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
   * memory until the next call. With an instant, only the part of a cell around the instant is read, unless another part is remembered.
   */
  load(category: string, subjects: readonly string[], asOf?: Instant): void {
    if (!this.recent.mayRemember) return;
    this.ahead = NOTHING;
    const unknown: string[] = [];
    const missing: CellRow[] = [];
    for (const subject of subjects) {
      const rows = this.recent.cellsOf(category, subject);
      if (rows === undefined) unknown.push(subject);
      else this.addMissing(missing, rows, asOf);
    }
    const rows = unknown.length > 0 ? this.readRows(category, unknown) : NOTHING.rows;
    for (const ofSubject of rows.values()) this.addMissing(missing, ofSubject, asOf);
    this.ahead = { category, rows, cells: new Map() };
    const isPart = (row: CellRow): boolean =>
      asOf !== undefined && mayBePart(row) && this.recent.get(row.id) === undefined;
    this.readParts(missing.filter(isPart), asOf!);
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

  private addMissing(missing: CellRow[], rows: readonly CellRow[], asOf: Instant | undefined): void {
    for (const row of rows) {
      const known = this.recent.get(row.id);
      const has = known === 'large' || (asOf === undefined ? known?.isWhole : known?.has(asOf));
      if (has !== true) missing.push(row);
    }
  }

  private readRows(category: string, subjects: readonly string[]): Map<string, CellRow[]> {
    const found = new Map<string, CellRow[]>(subjects.map((subject) => [subject, []]));
    for (const columns of this.statements.ofSubjects.all(category, JSON.stringify(subjects)))
      found.get(columns[2])!.push(cellRow(columns));
    return found;
  }

  private readWholes(cells: readonly CellRow[]): void {
    this.addAhead(
      cells,
      (ids, limit) => this.statements.effectsOfCells.all(ids, limit),
      () => undefined,
    );
  }

  private readParts(cells: readonly CellRow[], asOf: Instant): void {
    this.addAhead(
      cells,
      (ids, limit) => this.statements.partsOfCells.all({ cells: ids, asOf, limit }),
      (row) => {
        const [from, to, runFrom, beforeRunFrom] = row.slice(-4) as [Instant, Instant, Instant, Instant];
        return { from, to, runFrom, beforeRunFrom };
      },
    );
  }

  /** The limit may cut off the last cell that was read: then this cell and the later cells are read one by one, when they are needed. */
  private addAhead<R extends RowOfCell>(
    cells: readonly CellRow[],
    read: (ids: string, limit: number) => R[],
    partOf: (row: R) => CellPart | undefined,
  ): void {
    if (cells.length === 0) return;
    const most = this.most + 1;
    const byId = new Map(cells.map((cell) => [cell.id, cell]));
    const rows = read(JSON.stringify([...byId.keys()]), most);
    const contents = this.contentsOf(rows);
    for (let start = 0, end = 0; start < rows.length; start = end) {
      const cell = cellIn(rows[start]!);
      while (end < rows.length && cellIn(rows[end]!) === cell) end += 1;
      if (end === most) return;
      const columns = new EffectColumns(
        byId.get(cell)!,
        rows.slice(start, end),
        contents,
        partOf(rows[start]!),
      );
      this.ahead.cells.set(cell, columns);
    }
  }

  private contentsOf(rows: readonly (readonly [...NumberedRow, ...unknown[]])[]): Map<number, EffectContent> {
    return this.contents.all(new Set(rows.map((row) => row[AT.content])));
  }
}

/** Whether a part of a cell has answers. Views read all registrations of a subject, mostly one. */
const mayBePart = ({ vague, rule, aspect }: CellRow): boolean =>
  vague === 0 && rule !== 'ledger' && aspect !== 'registration';

type PartColumns = readonly [cell: number, low: Instant, high: Instant, run: Instant, since: Instant];

/** A row of effects, with its cell; further columns may follow. */
type RowOfCell = readonly [...NumberedRow, cell: number, ...unknown[]];
const cellIn = (row: RowOfCell): number => row[AT.thenValue + 1] as number;

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
