import type { Db, PreparedStatement } from '#sqlite';
import { countUpTo, type LoadedCell } from './loaded-cell.js';
import type { CellName, CellRow } from './table-columns.js';

/** The effects of a cell; or a mark that the cell is large and is not read whole. */
export type RecentCell = LoadedCell | 'large';

/** The greatest number of effects that are remembered: some 90 bytes each. */
const MOST = 1_200_000;
/** A cell takes some 900 bytes besides its effects: it counts as this number of effects. */
const OF_CELL = 10;

/**
 * The cells and the subjects that were read last. A write to a cell or a subject removes it from here. Where there are too many, the cells and
 * subjects that were not used for a long time are removed first. In a transaction that may write, nothing is remembered, because the reads may be
 * rolled back.
 */
export class RecentCells {
  private readonly cells: Recent<number, RecentCell>;
  /** The cells of subjects, by id, then by category. A key of both would take most of the time of a look-up. */
  private readonly subjects: Recent<string, Readonly<Record<string, readonly CellRow[]>>>;
  /** The ids of the subjects of a category, in order, by category. */
  private readonly lists = new Map<string, readonly string[]>();
  private readonly statements;
  private seen = { writes: -1, version: -1, checkpoint: -1, cell: -1 };

  constructor(
    private readonly db: Db,
    most = MOST,
  ) {
    this.cells = new Recent(most, (cell) => (cell === 'large' ? 1 : OF_CELL + cell.count));
    this.subjects = new Recent(most, (ofId) => {
      return Object.values(ofId).reduce((size, rows) => size + 4 * (1 + rows.length), 0);
    });
    this.statements = {
      writes: db.prepare<[], number>('SELECT total_changes()').pluck(),
      version: db.prepare<[], number>('PRAGMA data_version').pluck(),
      checkpoint: db.prepare<[], number>(`SELECT value FROM meta WHERE name = 'checkpoint'`).pluck(),
      last: db.prepare<[], number>('SELECT max(id) FROM cells').pluck(),
      touched: db.prepare<[number], Pick<CellName, 'category' | 'subject'> & { readonly id: number }>(
        'SELECT id, category, subject FROM touched JOIN cells USING (category, subject) WHERE sequence > ?',
      ),
    } satisfies Record<string, PreparedStatement<never[], unknown>>;
  }

  /** Forgets the cells that were written to. Returns whether the file was written to. Call it at the start of a read. */
  refresh(): boolean {
    const version = this.statements.version.get() ?? 0;
    const writes = this.statements.writes.get() ?? 0;
    if (version === this.seen.version && writes === this.seen.writes) return false;
    const checkpoint = this.statements.checkpoint.get() ?? 0;
    if (writes !== this.seen.writes) this.forgetAll();
    else this.forgetTouched();
    this.seen = { writes, version, checkpoint, cell: this.statements.last.get() ?? 0 };
    return true;
  }

  /** A cell; undefined where it is not remembered. */
  get(id: number): RecentCell | undefined {
    return this.cells.get(id);
  }

  keep(id: number, cell: RecentCell): void {
    if (this.mayRemember) this.cells.set(id, cell);
  }

  /** The cells of a subject; undefined where they are not remembered. */
  cellsOf(category: string, subject: string): readonly CellRow[] | undefined {
    return this.subjects.get(subject)?.[category];
  }

  keepCellsOf(category: string, subject: string, rows: readonly CellRow[]): void {
    if (this.mayRemember) this.subjects.set(subject, { ...this.subjects.get(subject), [category]: rows });
  }

  /** The ids of all subjects of a category; read where they are not remembered. */
  idsOf(category: string, read: () => readonly string[]): readonly string[] {
    const known = this.lists.get(category);
    if (known !== undefined) return known;
    const ids = read();
    if (this.mayRemember) this.lists.set(category, ids);
    return ids;
  }

  /** Whether the rows that are read cannot be rolled back. */
  get mayRemember(): boolean {
    return !this.db.inTransaction || this.db.readonly;
  }

  private forgetAll(): void {
    this.cells.clear();
    this.subjects.clear();
    this.lists.clear();
  }

  private forgetTouched(): void {
    for (const { id, category, subject } of this.statements.touched.all(this.seen.checkpoint)) {
      this.cells.delete(id);
      this.subjects.delete(subject);
      if (id > this.seen.cell && !has(this.lists.get(category), subject)) this.lists.delete(category);
    }
  }
}

/** Whether an id is one of the ids. The ids are in order. */
function has(ids: readonly string[] | undefined, id: string): boolean {
  return ids?.[countUpTo(ids.length, (index) => (ids[index]! <= id ? 0 : 1), 0) - 1] === id;
}

/** A value, and whether it was used after it was last examined. */
interface Used<V> {
  readonly value: V;
  used: boolean;
}

/**
 * Remembers values up to a total size. Beyond this size, the oldest values are examined first: a value that was not used since it was last examined
 * is removed.
 */
class Recent<K, V> {
  private readonly values = new Map<K, Used<V>>();
  private size = 0;

  constructor(
    private readonly most: number,
    private readonly sizeOf: (value: V) => number,
  ) {}

  get(key: K): V | undefined {
    const found = this.values.get(key);
    if (found === undefined) return undefined;
    found.used = true;
    return found.value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    this.values.set(key, { value, used: false });
    this.size += this.sizeOf(value);
    if (this.size > this.most) this.shrink();
  }

  delete(key: K): void {
    const found = this.values.get(key);
    if (found === undefined) return;
    this.values.delete(key);
    this.size -= this.sizeOf(found.value);
  }

  clear(): void {
    this.values.clear();
    this.size = 0;
  }

  private shrink(): void {
    for (const [key, one] of this.values) {
      if (this.size <= this.most) return;
      this.delete(key);
      if (!one.used) continue;
      one.used = false;
      this.values.set(key, one);
      this.size += this.sizeOf(one.value);
    }
  }
}
