import type { KnownEffect } from '#timeline';
import type { Db, PreparedStatement } from './database.js';
import type { CellRow } from './walk.js';

/** The effects of a small cell; or a mark that the cell is large and is not read whole. */
export type RecentCell = readonly KnownEffect[] | 'large';

/** With more effects and cells than this, all are forgotten: some tens of megabytes. */
const MOST = 20_000;

/**
 * The cells that were read last, until any connection writes to the file. A transaction that may write remembers nothing,
 * because its reads may be rolled back.
 */
export class RecentCells {
  private readonly cells = new Map<number, RecentCell>();
  private readonly lists = new Map<string, readonly CellRow[]>();
  private size = 0;
  private readonly writes: PreparedStatement<[], number>;
  private readonly version: PreparedStatement<[], number>;
  private seen = { writes: -1, version: -1 };

  constructor(private readonly db: Db) {
    this.writes = db.prepare<[], number>('SELECT total_changes()').pluck();
    this.version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Forgets cells that another connection may have changed. Call it at the start of a read. */
  refresh(): void {
    const version = this.version.get() ?? 0;
    if (version !== this.seen.version) this.forget({ ...this.seen, version });
  }

  /** Undefined: the cell is not remembered. */
  get(id: number): RecentCell | undefined {
    this.forgetOwnWrites();
    return this.cells.get(id);
  }

  /** Remembers the rows of a read. */
  keep(id: number, cell: RecentCell): void {
    if (this.makesRoom(cell === 'large' ? 1 : 1 + cell.length)) this.cells.set(id, cell);
  }

  /** The rows of some cells, under a name for the group; read where they are not remembered. */
  list(name: string, read: () => readonly CellRow[]): readonly CellRow[] {
    this.forgetOwnWrites();
    const known = this.lists.get(name);
    if (known !== undefined) return known;
    const rows = read();
    if (this.makesRoom(1 + rows.length)) this.lists.set(name, rows);
    return rows;
  }

  private forgetOwnWrites(): void {
    const writes = this.writes.get() ?? 0;
    if (writes !== this.seen.writes) this.forget({ ...this.seen, writes });
  }

  private makesRoom(size: number): boolean {
    if ((this.db.inTransaction && !this.db.readonly) || size > MOST) return false;
    if (this.size + size > MOST) this.forget(this.seen);
    this.size += size;
    return true;
  }

  private forget(seen: { readonly writes: number; readonly version: number }): void {
    this.cells.clear();
    this.lists.clear();
    this.size = 0;
    this.seen = seen;
  }
}
