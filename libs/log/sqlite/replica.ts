import type Database from 'better-sqlite3';
import { systemRuntime } from '#runtime';
import type { Append, Decision } from '../decide.js';
import { asLogError } from './failure.js';
import { SqliteReader } from './reader.js';
import { discardReplicaFile, lockReplicaFile, openReplicaFile } from './replica-file.js';
import { Writer } from './writer.js';

/** An append that the engine has given its place in the order of the log. */
export interface OrderedAppend extends Append {
  /** When the engine stored it: milliseconds since the epoch. */
  readonly storedAt: number;
  /** The last revision that the engine itself gave to each stream of it. */
  readonly engineRevisions: ReadonlyMap<string, number>;
}

export interface ReplicaOptions {
  /** The log that this is a replica of; a file of another origin is replaced by an empty one. */
  readonly origin: string;
  readonly isClosed: () => boolean;
}

/**
 * A log in a SQLite file whose order is made elsewhere. The engine orders the appends; `apply` decides one after the other by the rules of
 * `decide`. So all replicas that apply the same appends are the same log. The checkpoint is stored in the transaction that stores the
 * events. Disposable.
 */
export class Replica {
  readonly reader: SqliteReader;
  private readonly writer: Writer;
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
    this.reader = new SqliteReader(db, {
      runtime: systemRuntime,
      timeout: 0,
      poll,
      isClosed: options.isClosed,
    });
    this.writer = new Writer(db);
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

  /** How far the engine's order has been applied; the text that `apply` was given. */
  get checkpoint(): string | undefined {
    return this.db.prepare<[], string | null>('SELECT place FROM place').pluck().get() ?? undefined;
  }

  /** The last revision that the engine gave to the stream, -1 where it has none. */
  engineRevision(stream: string): number {
    return this.revision.get(stream) ?? -1;
  }

  /** What the append would become now. */
  decide(append: Append, now: number): Decision {
    this.writer.begin();
    return this.writer.decide(append, now);
  }

  /**
   * Stores the appends and the engine's checkpoint after them, in one transaction. `foreign`: the engine's revision of streams in which it
   * has records that are no appends. Throws LogError, having stored nothing.
   */
  apply(
    appends: readonly OrderedAppend[],
    checkpoint: string,
    foreign: ReadonlyMap<string, number> = new Map(),
  ): Decision[] {
    let decisions: Decision[];
    this.db.exec('BEGIN IMMEDIATE');
    try {
      this.writer.begin();
      decisions = appends.map((append) => this.write(append));
      for (const [stream, revision] of foreign) this.setRevision.run(stream, revision);
      this.setPlace.run(checkpoint);
      this.db.exec('COMMIT');
    } catch (error) {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      this.writer.forget();
      throw asLogError(error, this.db.name);
    }
    this.reader.advanced(this.reader.headNow().sequence);
    return decisions;
  }

  /** `isClosed` must say so by now. */
  close(): void {
    this.reader.release();
    this.db.close();
    this.lock.close();
  }

  private write(append: OrderedAppend): Decision {
    for (const [stream, revision] of append.engineRevisions) this.setRevision.run(stream, revision);
    return this.writer.write(append, append.storedAt);
  }
}
