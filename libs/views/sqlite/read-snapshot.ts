import type { Runtime } from '#runtime';
import type { Db, PreparedStatement } from './database.js';

/**
 * A read transaction for one turn of the thread, on a connection for reading: everything read in the turn is of one sequence, although
 * another connection writes. It ends with the turn, because SQLite cannot shorten its WAL beside a long read transaction.
 */
export class ReadSnapshot {
  private at = 0;
  /** Its end has failed: the transaction is still open, and nothing may be read in it. */
  private isStale = false;
  private readonly checkpoint: PreparedStatement<[], number>;

  constructor(
    private readonly db: Db,
    private readonly runtime: Runtime,
  ) {
    this.checkpoint = db.prepare<[], number>(`SELECT value FROM meta WHERE name = 'checkpoint'`).pluck();
  }

  /** Begins it where there is none, and answers its sequence. Throws where an earlier one cannot be ended. */
  hold(): number {
    if (this.isStale) this.end();
    if (this.db.inTransaction) return this.at;
    this.db.exec('BEGIN');
    try {
      this.at = this.checkpoint.get() ?? 0;
    } catch (error) {
      this.release();
      throw error;
    }
    void this.runtime.turn().then(() => this.release());
    return this.at;
  }

  /** The next reading sees what has been written since. Never throws: nobody is there to catch it when the turn ends. */
  release(): void {
    try {
      this.end();
    } catch {
      this.isStale = true;
    }
  }

  private end(): void {
    if (this.db.open && this.db.inTransaction) this.db.exec('ROLLBACK');
    this.isStale = false;
  }
}
