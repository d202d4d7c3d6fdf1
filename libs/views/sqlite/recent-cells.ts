import type { KnownEffect } from '#timeline';
import type { Db, Statement } from './database.js';

/** The effects of a small cell, or that it is a large one, which is not read whole. */
export type RecentCell = readonly KnownEffect[] | 'large';

/** With more, all are forgotten: some tens of megabytes. */
const MOST_EFFECTS = 20_000;

/**
 * The cells that were read last, for as long as nobody writes to the file: this connection, or another process. Within a
 * transaction nothing is remembered, as what is seen there may be rolled back.
 */
export class RecentCells {
  private readonly cells = new Map<number, RecentCell>();
  private effects = 0;
  private readonly writes: Statement<[], number>;
  private readonly version: Statement<[], number>;
  private seen = { writes: -1, version: -1 };

  constructor(private readonly db: Db) {
    this.writes = db.prepare<[], number>('SELECT total_changes()').pluck();
    this.version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Forgets what another process may have changed. To be called where a reading begins. */
  refresh(): void {
    const version = this.version.get() ?? 0;
    if (version !== this.seen.version) this.forget({ ...this.seen, version });
  }

  /** Undefined: it is not remembered. */
  get(id: number): RecentCell | undefined {
    const writes = this.writes.get() ?? 0;
    if (writes !== this.seen.writes) this.forget({ ...this.seen, writes });
    return this.cells.get(id);
  }

  /** Remembers what was just read. */
  keep(id: number, cell: RecentCell): void {
    if (this.db.inTransaction) return;
    this.effects += cell === 'large' ? 1 : 1 + cell.length;
    if (this.effects > MOST_EFFECTS) this.forget(this.seen);
    this.cells.set(id, cell);
  }

  private forget(seen: { readonly writes: number; readonly version: number }): void {
    this.cells.clear();
    this.effects = 0;
    this.seen = seen;
  }
}
