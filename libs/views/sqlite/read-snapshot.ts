import type { Runtime } from '#runtime';
import type { Db, PreparedStatement } from '#sqlite';

/**
 * A read transaction for one turn of the thread, on a connection for reading: all reads of the turn are of one sequence, although another connection
 * writes. The transaction ends with the turn, because SQLite cannot shorten its WAL during a long read transaction.
 */
export class ReadSnapshot {
  private at = 0;
  /** Whether the end has failed. Then the transaction is still open, and no read may use it. */
  private isStale = false;
  private readonly checkpoint: PreparedStatement<[], number>;

  constructor(
    private readonly db: Db,
    private readonly runtime: Runtime,
  ) {
    this.checkpoint = db.prepare<[], number>(`SELECT value FROM meta WHERE name = 'checkpoint'`).pluck();
  }

  /** Whether the transaction is open, and reads may use it. */
  get isHeld(): boolean {
    return this.db.inTransaction && !this.isStale;
  }

  /** Begins the transaction where none is open, and returns its sequence. Throws where an earlier transaction cannot be ended. */
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

  /** Makes the next read have the sequence. The sequence is committed already. */
  reach(sequence: number): void {
    if (this.at < sequence) this.release();
  }

  /** Makes the next read see all commits so far. Never throws: at the end of the turn no caller could catch it. */
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
