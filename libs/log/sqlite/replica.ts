import type Database from 'better-sqlite3';
import { LogError } from '../errors.js';
import type { Appended } from '../event-log.js';
import { asLogError } from './failure.js';
import { SqliteReader } from './reader.js';
import { discardReplicaFile, lockReplicaFile, openReplicaFile } from './replica-file.js';
import { Writer, type Batch, type Survey } from './writer.js';

/** An append as the engine has it in its order, and when the engine took it in, in milliseconds since the epoch. */
export interface Ordered extends Batch {
  readonly takenAt: number;
  /** The last revision that the engine itself gave to each stream of it. */
  readonly engineRevisions: ReadonlyMap<string, number>;
}

/** What became of an append: the answer, or `wrong-revision` or `id-conflict`. */
export type Decided =
  | { readonly kind: 'taken'; readonly appended: readonly Appended[] }
  | { readonly kind: 'refused'; readonly error: LogError };

export interface ReplicaOptions {
  /** Whose replica it is; one of another origin is thrown away. */
  readonly origin: string;
  readonly isClosed: () => boolean;
}

/**
 * A log in a SQLite file whose order is made elsewhere. The engine orders appends; this takes them in, one after the other, by the rules
 * of the embedded log: known ids, expected revisions, dense sequences, times that never run backwards. So every replica that is given the
 * same appends is the same log. How far it has got is stored in the transaction that stores the events. Disposable.
 */
export class Replica {
  readonly reader: SqliteReader;
  private readonly writer: Writer;
  private takenAt = 0;
  private readonly setPlace: Database.Statement<[string]>;
  private readonly setRevision: Database.Statement<[string, number]>;
  private readonly revision: Database.Statement<[string], number>;

  private constructor(
    private readonly db: Database.Database,
    private readonly lock: Database.Database,
    options: ReplicaOptions,
  ) {
    // Nobody else writes to the file, so there is nothing to poll for.
    const poll = { busy: 60_000, idle: 60_000 };
    this.reader = new SqliteReader(db, { patience: 0, poll, isClosed: options.isClosed });
    this.writer = new Writer(db, () => this.takenAt);
    this.setPlace = db.prepare('UPDATE place SET place = ?');
    this.setRevision = db.prepare(
      'INSERT INTO engine_streams VALUES (?, ?) ON CONFLICT DO UPDATE SET revision = max(revision, excluded.revision)',
    );
    this.revision = db
      .prepare<[string], number>('SELECT revision FROM engine_streams WHERE name = ?')
      .pluck();
    this.writer.begin();
    this.reader.advanced(this.reader.headNow().sequence);
  }

  /** Throws LogError `unavailable` where another process keeps it, `not-a-log`. */
  static open(file: string, options: ReplicaOptions): Replica {
    const lock = lockReplicaFile(file);
    let db: Database.Database | undefined;
    try {
      db = openReplicaFile(file, options.origin);
      return new Replica(db, lock, options);
    } catch (error) {
      db?.close();
      lock.close();
      throw asLogError(error, file);
    }
  }

  /** An empty one in its place. */
  static discard(file: string): void {
    discardReplicaFile(file);
  }

  /** Where the engine was when this was last stored; the engine's own words. */
  get place(): string | undefined {
    return this.db.prepare<[], string | null>('SELECT place FROM place').pluck().get() ?? undefined;
  }

  /** The last revision that the engine gave to the stream, -1 where it has none. */
  engineRevision(stream: string): number {
    return this.revision.get(stream) ?? -1;
  }

  /** What the append would meet now. Throws LogError `id-conflict`, `wrong-revision`. */
  survey(batch: Batch): Survey {
    return this.writer.survey(batch);
  }

  /**
   * All of them in one transaction, and where the engine is after them. `strays`: the engine's revision of streams in which it has
   * something that is no append. Throws LogError, having stored nothing.
   */
  take(
    appends: readonly Ordered[],
    place: string,
    strays: ReadonlyMap<string, number> = new Map(),
  ): Decided[] {
    let decided: Decided[];
    this.db.exec('BEGIN IMMEDIATE');
    try {
      decided = appends.map((append) => this.decide(append));
      for (const [stream, revision] of strays) this.setRevision.run(stream, revision);
      this.setPlace.run(place);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.writer.forget();
      throw asLogError(error, this.db.name);
    }
    this.reader.advanced(this.reader.headNow().sequence);
    return decided;
  }

  /** `isClosed` must say so by now. */
  close(): void {
    this.reader.release();
    this.db.close();
    this.lock.close();
  }

  private decide(append: Ordered): Decided {
    this.takenAt = append.takenAt;
    this.writer.begin();
    for (const [stream, revision] of append.engineRevisions) this.setRevision.run(stream, revision);
    try {
      return { kind: 'taken', appended: this.writer.write(append) };
    } catch (error) {
      if (error instanceof LogError) return { kind: 'refused', error };
      throw error;
    }
  }
}
