import type { Runtime } from '#runtime';
import {
  afterCall,
  afterCommit,
  afterRollback,
  afterThrow,
  appliedIn,
  removeDatabase,
  WriteMemory,
  type CommitMode,
  type Db,
  type PreparedStatement,
  type Remembered,
} from '#sqlite';
import type { Append, AppendDecision, StoredEvent } from '../decide.js';
import { asSqliteError } from '../sqlite/failure.js';
import { IncompleteAppends, type Fragment, type OrderedAppend } from './incomplete-appends.js';
import { SqliteReader } from '../sqlite/reader.js';
import { lockReplicaFile, openReplicaFile } from './replica-file.js';
import { Writer } from '../sqlite/writer.js';

/** The position in the engine's order up to which a replica has applied the records. */
export interface ReplicaCheckpoint {
  /** The number of the applied records. */
  readonly position: number;
  /** The engine's own id of the last applied record; undefined where there is none. */
  readonly record: string | undefined;
}

/** A record of the engine without an event: from then on nothing is recorded before its time. Milliseconds since the epoch. */
export interface Beat {
  readonly beatAt: number;
}

/** The outcome of an append. */
export interface Decided {
  readonly append: string;
  readonly decision: AppendDecision;
}

export interface ApplyOptions {
  readonly more?: boolean;
  /** Whether somebody waits for the decision of the append (default: all are returned). */
  readonly isAwaited?: (append: string) => boolean;
}

/** The number of entries in a transaction, at most, while there are more to come. */
const COMMIT_AFTER = 10_000;
/** The number of positions for which a refusal is remembered, so that a second copy of the append is not accepted later. */
const REFUSED_DISTANCE = 100_000;

export interface ReplicaOptions {
  /** The name of the copied log. A file of another origin is replaced by an empty one. */
  readonly origin: string;
  readonly isClosed: () => boolean;
}

/**
 * A log in a SQLite file, in an order that an engine makes elsewhere. `apply` decides one append after the other by the rules of `decide`.
 * So all replicas that apply the same appends are the same log. The checkpoint is stored in the transaction that stores the events.
 * Disposable.
 */
export class Replica {
  readonly reader: SqliteReader;
  private readonly writer: Writer;
  private readonly incomplete: IncompleteAppends;
  private readonly setCheckpoint: PreparedStatement<[number, string | null, number]>;
  private readonly refuse: PreparedStatement<[string, number]>;
  private readonly refused: PreparedStatement<[string, number], number>;
  private readonly forgetRefused: PreparedStatement<[number]>;
  private readonly memory = new WriteMemory();
  /** The awaited decisions of the transaction. */
  private readonly decided: Remembered<Decided[]>;
  private mode: CommitMode<ReplicaCheckpoint>;

  private constructor(
    private readonly runtime: Runtime,
    private readonly db: Db,
    private readonly unlock: () => void,
    options: ReplicaOptions,
  ) {
    // No other process writes to the file, so there is no need to poll.
    const poll = { busy: 60_000, idle: 60_000 };
    this.reader = new SqliteReader(db, {
      runtime,
      timeout: 0,
      poll,
      isClosed: options.isClosed,
      memory: this.memory,
    });
    this.writer = new Writer(db, this.memory);
    this.incomplete = new IncompleteAppends(db, this.memory);
    this.decided = this.memory.keep(() => []);
    this.setCheckpoint = db.prepare('UPDATE checkpoint SET position = ?, record = ?, committed_at = ?');
    this.refuse = db.prepare('INSERT OR REPLACE INTO refused VALUES (?, ?)');
    this.refused = db
      .prepare<[string, number], number>('SELECT 1 FROM refused WHERE append = ? AND position >= ?')
      .pluck();
    this.forgetRefused = db.prepare('DELETE FROM refused WHERE position < ?');
    this.mode = { name: 'steady', committed: this.storedCheckpoint() };
    this.reader.advanced(this.reader.headNow().sequence);
  }

  /** Throws LogError `unavailable` where another process has the replica, and `not-a-log`. */
  static open(runtime: Runtime, file: string, options: ReplicaOptions): Replica {
    const unlock = lockReplicaFile(file);
    let db: Db | undefined;
    try {
      db = openReplicaFile(file, options.origin);
      return new Replica(runtime, db, unlock, options);
    } catch (error) {
      db?.close();
      unlock();
      throw asSqliteError(error, file);
    }
  }

  /** Replaces the replica by an empty replica. */
  static discard(file: string): void {
    removeDatabase(file);
  }

  /** The position up to which every entry is committed. */
  get checkpoint(): ReplicaCheckpoint {
    return this.mode.committed;
  }

  /** The position up to which every entry is applied. */
  get position(): number {
    return appliedIn(this.mode).position;
  }

  /** The time of the last commit, in milliseconds since the epoch; 0 where there was none. */
  get committedAt(): number {
    return this.db.prepare<[], number>('SELECT committed_at FROM checkpoint').pluck().get() ?? 0;
  }

  /** The number of events of an incomplete append; 0 where it is unknown or forgotten. */
  received(append: string): number {
    return this.incomplete.received(append);
  }

  /** The decision that the append would get now. */
  decide(append: Append, now: number): AppendDecision {
    return this.writer.decide(append, now);
  }

  /** The instant before which nothing is recorded any more; 0 for an empty log. */
  get sealed(): number {
    return this.reader.sealedNow();
  }

  /**
   * Decides the appends that these fragments complete, seals up to the beats between them, and stores the checkpoint after them, in one
   * transaction. With `more` to come, a later call may commit; this connection's own queries see uncommitted rows. Where it throws, the
   * position goes back to the checkpoint. Returns the awaited decisions that are committed. Throws LogError.
   */
  apply(
    entries: readonly (Fragment | Beat)[],
    checkpoint: ReplicaCheckpoint,
    { more = false, isAwaited = () => true }: ApplyOptions = {},
  ): Decided[] {
    try {
      this.begin();
      this.decideAll(entries, isAwaited);
    } catch (error) {
      this.rollBack();
      this.mode = afterThrow(this.mode, checkpoint.position);
      throw asSqliteError(error, this.db.name);
    }
    const next = afterCall(this.mode, checkpoint, { count: entries.length, more, most: COMMIT_AFTER });
    if (next.name !== 'bulk') return this.commitUpTo(checkpoint);
    this.mode = next;
    return [];
  }

  /** Commits what `apply` has left uncommitted. Returns the awaited decisions. Throws LogError; then the position goes back to the checkpoint. */
  commit(): Decided[] {
    return this.mode.name === 'bulk' ? this.commitUpTo(this.mode.applied) : [];
  }

  /** Call it when `isClosed` is true. */
  close(): void {
    this.reader.release();
    this.db.close();
    this.unlock();
  }

  private begin(): void {
    if (this.mode.name !== 'bulk') this.db.exec('BEGIN IMMEDIATE');
    this.assertInTransaction();
    this.writer.begin();
  }

  /** After some errors SQLite itself rolls back: then the entries of the transaction must be given again. */
  private assertInTransaction(): void {
    if (!this.db.inTransaction) throw new Error('SQLite has rolled back');
  }

  private commitUpTo(applied: ReplicaCheckpoint): Decided[] {
    try {
      this.assertInTransaction();
      this.incomplete.store();
      this.setCheckpoint.run(applied.position, applied.record ?? null, this.runtime.now());
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw asSqliteError(error, this.db.name);
    }
    this.mode = afterCommit(this.mode, applied);
    this.reader.advanced(this.writer.sequence);
    return this.decided.current.splice(0);
  }

  /** Goes back to the last commit. */
  private rollBack(): void {
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
    this.memory.clear();
    this.mode = afterRollback(this.mode);
  }

  private decideAll(entries: readonly (Fragment | Beat)[], isAwaited: (append: string) => boolean): void {
    const known = this.knownOf(entries);
    for (const entry of entries) {
      if ('beatAt' in entry) {
        this.writer.seal(entry.beatAt);
        continue;
      }
      const append = this.incomplete.add(entry);
      const decision = append && this.decideOnce(append, known);
      // Only awaited decisions are remembered until the commit: to remember all would cost more than to make them.
      if (decision !== undefined && isAwaited(entry.append))
        this.decided.current.push({ append: entry.append, decision });
    }
  }

  /** Undefined for a second copy of a refused append: the first answer counts, though the log may have changed since. */
  private decideOnce(append: OrderedAppend, known: Map<string, StoredEvent>): AppendDecision | undefined {
    if (this.refused.get(append.id, append.position - REFUSED_DISTANCE) !== undefined) return undefined;
    // The first events of an append may have arrived in an earlier batch.
    const decision = this.writer.write(
      append,
      append.storedAt,
      append.events.length === 1 ? known : undefined,
    );
    if (decision.kind === 'accepted') for (const event of decision.events) known.set(event.id, event);
    if (decision.kind === 'refused') {
      this.refuse.run(append.id, append.position);
      this.forgetRefused.run(append.position - REFUSED_DISTANCE);
    }
    return decision;
  }

  /** The events that the log has, of the appends with one event (most appends): one query for all of them. */
  private knownOf(entries: readonly (Fragment | Beat)[]): Map<string, StoredEvent> {
    const known = new Map<string, StoredEvent>();
    const single = entries.flatMap((entry) => ('event' in entry && entry.count === 1 ? [entry.event] : []));
    if (single.length > 0) this.writer.find(single, known);
    return known;
  }

  private storedCheckpoint(): ReplicaCheckpoint {
    const row = this.db
      .prepare<[], { position: number; record: string | null }>('SELECT position, record FROM checkpoint')
      .get();
    return { position: row?.position ?? 0, record: row?.record ?? undefined };
  }
}
