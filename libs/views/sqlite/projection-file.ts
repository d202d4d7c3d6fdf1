import type { RecordedEvent } from '#log';
import type { Db } from './database.js';
import type { WriteMemory } from './write-memory.js';

/** An event that could not be applied: it is left out, and the others go on. */
export interface ParkedEvent {
  readonly sequence: number;
  readonly id: string;
  readonly reason: string;
}

/** Events a commit, while there are more to come. */
const COMMIT_AFTER = 100_000;

/** Events by id that corrections in hand rest on, fetched before the transaction. */
export type Roots = ReadonlyMap<string, RecordedEvent>;

/** Turns recorded events into rows of a file, one by one, in the order of their sequence. */
export interface Projector {
  apply(event: RecordedEvent, roots: Roots): void;
}

/**
 * A disposable file made from the log. Its checkpoint is stored in the transaction that stores what follows from the events, so
 * that each counts exactly once, wherever it was stopped. In steady business every call commits; in bulk, with more to come,
 * calls share commits.
 */
export class ProjectionFile {
  private readonly statements;
  /** What has been applied, and how much of it is committed. */
  private at: number;
  private committed: number;
  private uncommitted = 0;
  /** Up to here every call commits: an event in there throws. */
  private carefulUpTo = 0;

  constructor(
    readonly db: Db,
    private readonly projector: Projector,
    private readonly memory: WriteMemory,
    /** The development that a correction about the event is, in the end, about; absent where that is nothing to this file. */
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
    this.at = this.committed = this.storedCheckpoint();
  }

  /** The sequence up to which every event is committed. */
  get checkpoint(): number {
    return this.committed;
  }

  /** The sequence up to which every event has been applied. */
  get position(): number {
    return this.at;
  }

  /** What the file was built for; see fingerprint.ts. */
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
   * Applies events that follow the position, in one transaction with the new checkpoint; those that another process has applied
   * meanwhile are skipped. Where one throws, they are applied one by one, and those that throw are parked and given back.
   *
   * With `more` to come the commit may be left to a later call: a commit writes a page of every cell it touched, so that
   * many small ones cost more than a few large ones. What is not committed is seen by this connection's own queries. An event
   * that throws then takes the checkpoint back to the last commit: what follows it has to be given again.
   */
  apply(events: readonly RecordedEvent[], roots: Roots, { more = false } = {}): ParkedEvent[] {
    this.begin();
    const takenBefore = this.uncommitted;
    try {
      this.take(events, (event) => this.projector.apply(event, roots));
      if (!more || this.uncommitted >= COMMIT_AFTER || this.at <= this.carefulUpTo) this.commit();
      return [];
    } catch (error) {
      this.rollBack();
      if (isOfTheFile(error)) throw error;
      if (takenBefore === 0) return events.flatMap((event) => this.applyAlone(event, roots));
      this.carefulUpTo = events.at(-1)!.sequence;
      return [];
    }
  }

  /** Commits what `apply` has left. Where that fails, the position is back at the checkpoint. */
  commit(): void {
    if (!this.db.inTransaction) return;
    try {
      this.db.exec('COMMIT');
    } catch (error) {
      this.rollBack();
      throw error;
    }
    this.committed = this.at;
    this.uncommitted = 0;
  }

  /** What `read` sees when these events follow the checkpoint, whatever their sequences. Nothing is kept. */
  preview<T>(events: readonly RecordedEvent[], roots: Roots, read: () => T): T {
    this.commit();
    this.begin();
    try {
      events.forEach((event, index) => this.tryOne({ ...event, sequence: this.at + 1 + index }, roots));
      return read();
    } finally {
      this.rollBack();
    }
  }

  /** An event that would be parked changes nothing. */
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

  private transact(event: RecordedEvent, take: () => void): void {
    this.begin();
    try {
      this.take([event], take);
      this.commit();
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  private begin(): void {
    if (this.db.inTransaction) return;
    this.db.exec('BEGIN IMMEDIATE');
    const checkpoint = this.storedCheckpoint();
    if (checkpoint !== this.at) this.memory.clear();
    this.at = this.committed = checkpoint;
  }

  private storedCheckpoint(): number {
    return Number(this.statements.get.get('checkpoint') ?? 0);
  }

  private take(events: readonly RecordedEvent[], one: (event: RecordedEvent) => void): void {
    for (const event of events) if (event.sequence > this.at) one(event);
    this.at = Math.max(this.at, events.at(-1)!.sequence);
    this.statements.set.run('checkpoint', this.at);
    this.uncommitted += events.length;
  }

  /** Back to the last commit. */
  private rollBack(): void {
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
    this.memory.clear();
    this.at = this.committed;
    this.uncommitted = 0;
  }

  /** What was left uncommitted and cannot be committed is applied again another time. */
  close(): void {
    try {
      this.commit();
    } finally {
      this.db.close();
    }
  }
}

/** The disk is full, the file damaged or locked: no event's fault. SQLite's errors are told by their code alone. */
function isOfTheFile(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' && /^SQLITE_(?!CONSTRAINT|ERROR|MISMATCH|TOOBIG|RANGE)/.test(code);
}

function reasonOf(error: unknown): string {
  const message = (error as { readonly message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : String(error);
}
