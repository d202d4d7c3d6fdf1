import type { RecordedEvent } from '#log';
import type { Db } from './database.js';

/** An event that could not be taken in: it is left out, and the others go on. */
export interface SetAside {
  readonly sequence: number;
  readonly id: string;
  readonly reason: string;
}

/** Events a commit, while there are more to come. */
const COMMIT_AFTER = 100_000;

/** Events by id that corrections in hand rest on, fetched before the transaction. */
export type Roots = ReadonlyMap<string, RecordedEvent>;

/** Turns recorded events into rows of a file, one by one, in the order of their sequence. */
export interface Intake {
  apply(event: RecordedEvent, roots: Roots): void;
  /** Forgets what a rolled back transaction may have made untrue. */
  forget(): void;
}

/**
 * A disposable file that follows the log. Its checkpoint is stored in the transaction that stores what follows from the
 * events, so that each counts exactly once, wherever it was stopped.
 */
export class FollowedFile {
  private readonly statements;
  /** What has been taken in, and how much of it is committed. */
  private at: number;
  private committed: number;
  private uncommitted = 0;
  /** Up to here every call commits: an event in there throws. */
  private carefulUpTo = 0;

  constructor(
    protected readonly db: Db,
    private readonly intake: Intake,
    /** The development that a note about the event is, in the end, about; absent where that is nothing to this file. */
    readonly rootIdOf?: (target: string) => string | undefined,
  ) {
    this.statements = {
      get: this.db.prepare<[string], number | string>('SELECT value FROM meta WHERE name = ?').pluck(),
      set: this.db.prepare<[string, number | string]>('INSERT OR REPLACE INTO meta VALUES (?, ?)'),
      setAside: this.db.prepare<[number, string, string]>('INSERT INTO set_aside VALUES (?, ?, ?)'),
      allSetAside: this.db.prepare<[], SetAside>(
        'SELECT sequence, id, reason FROM set_aside ORDER BY sequence',
      ),
    };
    this.at = this.committed = this.storedCheckpoint();
  }

  /** The sequence up to which every event has been taken in. */
  get checkpoint(): number {
    return this.at;
  }

  /** What the file was built for; see fingerprint.ts. */
  get fingerprint(): string | undefined {
    return this.statements.get.get('fingerprint') as string | undefined;
  }

  set fingerprint(value: string) {
    this.statements.set.run('fingerprint', value);
  }

  get setAside(): SetAside[] {
    return this.statements.allSetAside.all();
  }

  /** Takes note of what another connection has taken in. */
  refresh(): void {
    if (this.db.inTransaction) return;
    const checkpoint = this.storedCheckpoint();
    if (checkpoint !== this.at) this.intake.forget();
    this.at = this.committed = checkpoint;
  }

  /**
   * Takes in events that follow the checkpoint, in one transaction with the new checkpoint; what another process has taken
   * in meanwhile is passed over. Where one throws, they go in one by one, and those that throw are set aside and given back.
   *
   * With `more` to come the commit may be left to a later call: a commit writes a page of every cell it touched, so that
   * many small ones cost more than a few large ones. What is not committed is seen by this connection's own queries. An event
   * that throws then takes the checkpoint back to the last commit: what follows it has to be given again.
   */
  apply(events: readonly RecordedEvent[], roots: Roots, { more = false } = {}): SetAside[] {
    this.begin();
    const takenBefore = this.uncommitted;
    try {
      this.take(events, (event) => this.intake.apply(event, roots));
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

  /** Commits what `apply` has left. */
  commit(): void {
    if (!this.db.inTransaction) return;
    this.db.exec('COMMIT');
    this.committed = this.at;
    this.uncommitted = 0;
  }

  /** What `read` sees when these events follow the checkpoint, whatever their sequences. Nothing is kept. */
  preview<T>(events: readonly RecordedEvent[], roots: Roots, read: () => T): T {
    this.commit();
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const after = this.storedCheckpoint();
      events.forEach((event, index) => this.intake.apply({ ...event, sequence: after + 1 + index }, roots));
      return read();
    } finally {
      this.db.exec('ROLLBACK');
      this.intake.forget();
    }
  }

  private applyAlone(event: RecordedEvent, roots: Roots): SetAside[] {
    try {
      this.transact(event, () => this.intake.apply(event, roots));
      return [];
    } catch (error) {
      if (isOfTheFile(error)) throw error;
      const { sequence, id } = event;
      const reason = reasonOf(error);
      this.transact(event, () => this.statements.setAside.run(sequence, id, reason));
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
    if (checkpoint !== this.at) this.intake.forget();
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
    this.intake.forget();
    this.at = this.committed;
    this.uncommitted = 0;
  }

  close(): void {
    this.commit();
    this.db.close();
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
