import type { RecordedEvent } from '#log';
import {
  afterCall,
  afterCommit,
  afterRollback,
  afterThrow,
  appliedIn,
  sqliteCode,
  type CommitMode,
  type Db,
  type WriteMemory,
} from '#sqlite';

/** An event that could not be applied: it is left out, and the next events are applied. */
export interface ParkedEvent {
  readonly sequence: number;
  readonly id: string;
  readonly reason: string;
}

/** The events that the corrections of a batch need, by id. They are read before the transaction. */
export type Roots = ReadonlyMap<string, RecordedEvent>;

/** The number of events in a commit, while more events are to come. */
const COMMIT_AFTER = 100_000;

/** Turns recorded events into rows of a file, one by one, in the order of their sequence. */
export interface Projector {
  apply(event: RecordedEvent, roots: Roots): void;
}

/**
 * A disposable file made from the log. One transaction stores the rows of the events and the checkpoint. So each event counts exactly once, wherever
 * the process stopped. While more events are to come, several calls of `apply` share a commit (`CommitMode`).
 */
export class ProjectionFile {
  private readonly statements;
  private mode: CommitMode;

  constructor(
    readonly db: Db,
    private readonly projector: Projector,
    private readonly memory: WriteMemory,
    /** The root development of a correction about the event; absent where the file does not need it. */
    readonly rootIdOf?: (target: string) => string | undefined,
  ) {
    this.statements = {
      get: this.db.prepare<[string], number | string>('SELECT value FROM meta WHERE name = ?').pluck(),
      set: this.db.prepare<[string, number | string]>('INSERT OR REPLACE INTO meta VALUES (?, ?)'),
      parked: this.db.prepare<[number, string, string]>('INSERT INTO parked VALUES (?, ?, ?)'),
      allParked: this.db.prepare<[], ParkedEvent>(
        'SELECT sequence, id, reason FROM parked ORDER BY sequence',
      ),
    };
    this.mode = { name: 'steady', committed: { position: this.storedCheckpoint() } };
  }

  /** The sequence up to which every event is committed. */
  get checkpoint(): number {
    return this.mode.committed.position;
  }

  /** The sequence up to which every event has been applied. */
  get position(): number {
    return appliedIn(this.mode).position;
  }

  /** The fingerprint that the file was built for; see fingerprint.ts. */
  get fingerprint(): string | undefined {
    return this.statements.get.get('fingerprint') as string | undefined;
  }

  set fingerprint(value: string) {
    this.statements.set.run('fingerprint', value);
  }

  get parked(): ParkedEvent[] {
    return this.statements.allParked.all();
  }

  /**
   * Applies events that follow the position, in one transaction with the new checkpoint. Events that another process has applied meanwhile are
   * skipped. If an event throws, all events are applied one by one; the events that throw are parked and returned.
   *
   * With `more`, a later call may commit: a commit writes a page of every cell that it touched, so many small commits cost more than a few large
   * ones. This connection's own queries see uncommitted rows. If an event throws in this case, the position goes back to the last commit: the caller
   * must give the events after it again.
   */
  apply(events: readonly RecordedEvent[], roots: Roots, { more = false } = {}): ParkedEvent[] {
    this.begin();
    const isBulk = this.mode.name === 'bulk';
    try {
      this.take(events, (event) => this.projector.apply(event, roots), more);
      return [];
    } catch (error) {
      this.rollBack();
      if (isOfTheFile(error)) throw error;
      if (!isBulk) return events.flatMap((event) => this.applyAlone(event, roots));
      this.mode = afterThrow(this.mode, events.at(-1)!.sequence);
      return [];
    }
  }

  /** Commits the uncommitted rows of `apply`. If the commit fails, the position goes back to the checkpoint. */
  commit(): void {
    if (this.mode.name !== 'bulk') return;
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
    this.mode = afterCommit(this.mode, this.mode.applied);
  }

  /**
   * The result of `read` if these events followed the checkpoint. Their own sequences do not matter. Changes nothing. `check` is called
   * before each event; where it throws, the work ends.
   */
  preview<T>(events: readonly RecordedEvent[], roots: Roots, check: () => void, read: () => T): T {
    this.commit();
    this.begin();
    try {
      for (const [index, event] of events.entries()) {
        check();
        this.tryOne({ ...event, sequence: this.checkpoint + 1 + index }, roots);
      }
      return read();
    } finally {
      this.rollBack();
    }
  }

  /** Applies an event. An event that would be parked changes nothing. */
  private tryOne(event: RecordedEvent, roots: Roots): void {
    this.db.exec('SAVEPOINT one');
    try {
      this.projector.apply(event, roots);
    } catch (error) {
      if (isOfTheFile(error)) throw error;
      this.db.exec('ROLLBACK TO one');
      this.memory.clear();
    }
    this.db.exec('RELEASE one');
  }

  private applyAlone(event: RecordedEvent, roots: Roots): ParkedEvent[] {
    try {
      this.transact(event, () => this.projector.apply(event, roots));
      return [];
    } catch (error) {
      if (isOfTheFile(error)) throw error;
      const { sequence, id } = event;
      const reason = reasonOf(error);
      this.transact(event, () => this.statements.parked.run(sequence, id, reason));
      return [{ sequence, id, reason }];
    }
  }

  private transact(event: RecordedEvent, apply: () => void): void {
    this.begin();
    try {
      this.take([event], apply, false);
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Opens a transaction where none is open. Throws where SQLite has rolled a bulk back, as it does after some errors: its events must be given again. */
  private begin(): void {
    if (this.mode.name === 'bulk') {
      if (this.db.inTransaction) return;
      this.rollBack();
      throw new Error('SQLite has rolled back');
    }
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const position = this.storedCheckpoint();
      if (position === this.checkpoint) return;
      this.memory.clear();
      this.mode = afterCommit(this.mode, { position });
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  private storedCheckpoint(): number {
    return Number(this.statements.get.get('checkpoint') ?? 0);
  }

  /** Applies the events after the position, in the open transaction, and commits it, except in bulk. */
  private take(events: readonly RecordedEvent[], apply: (event: RecordedEvent) => void, more: boolean): void {
    const before = this.position;
    for (const event of events) if (event.sequence > before) apply(event);
    const position = Math.max(before, events.at(-1)!.sequence);
    this.statements.set.run('checkpoint', position);
    const next = afterCall(this.mode, { position }, { count: events.length, more, most: COMMIT_AFTER });
    if (next.name !== 'bulk') this.db.exec('COMMIT');
    this.mode = next;
  }

  /** Goes back to the last commit. */
  private rollBack(): void {
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
    this.memory.clear();
    this.mode = afterRollback(this.mode);
  }

  /** Commits and closes the file. Events whose rows could not be committed are applied again later. */
  close(): void {
    try {
      this.commit();
    } finally {
      this.db.close();
    }
  }
}

/**
 * Whether the file, and not the event, is the cause of an error: the disk is full, or the file is damaged or locked. An `SQLITE_ERROR` may come from
 * the words of an event, so it counts as the event's here.
 */
function isOfTheFile(error: unknown): boolean {
  return /^SQLITE_(?!CONSTRAINT|ERROR|MISMATCH|TOOBIG|RANGE)/.test(sqliteCode(error));
}

function reasonOf(error: unknown): string {
  const message = (error as { readonly message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(error);
}
