import { TimeSlices, type Runtime } from '#runtime';
import { retryWhileBusy, type Db, type PreparedStatement } from '#sqlite';
import type { Append, StoredEvent } from '../decide.js';
import type { LogError } from '../errors.js';
import type { Appended } from '../event-log.js';
import { asSqliteError } from './failure.js';
import { LOG_FORMAT } from './schema.js';
import { Writer } from './writer.js';

/** The result of one transaction. */
export interface Commit {
  /** Sequence of the last event. */
  readonly sequence: number;
  readonly events: number;
  /** The number of appends that shared it. */
  readonly appends: number;
}

export interface GroupCommitOptions {
  readonly file: string;
  readonly runtime: Runtime;
  /** Milliseconds to wait for the lock of another process. */
  readonly timeout: number;
  /** Opens the file for writing again, without waiting. Throws LogError, or the error of SQLite. */
  readonly reopen: () => Db;
  readonly committed: (commit: Commit) => void;
}

interface WaitingAppend extends Append {
  readonly resolve: (appended: Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

/** A call of `seal` that waits for its transaction. */
interface WaitingSeal {
  readonly seal: number;
  readonly events: readonly never[];
  readonly resolve: (sealed: number) => void;
  readonly reject: (error: unknown) => void;
}

type WaitingCall = WaitingAppend | WaitingSeal;

/** A transaction has whole appends, up to this many events or characters: its commit blocks the thread. */
const GROUP_EVENTS = 4_000;
const GROUP_CHARACTERS = 8_000_000;

/** Milliseconds after a failure before a small write may test whether the file can be written again. */
const PROBE_MS = 1_000;

/** Milliseconds of the thread that a transaction uses before others get their turn. */
const SLICE_MS = 5;
/** Events whose ids are looked up by one query. */
const LOOK_UP = 500;

/**
 * Pages after which SQLite merges its write-ahead log into the file. A short log suits small transactions, because a file is faster to
 * overwrite than to extend. Bulk writes change the same index pages again and again, and a long log merges each of them once.
 */
const CHECKPOINT_PAGES = { small: 1_000, bulk: 8_000 };
const BULK_EVENTS = 500;

/**
 * Appends that arrive while others wait share one transaction and one fsync. A refused append does not affect the others; if the commit itself
 * fails, all of them fail. The connection is used for nothing else, so that a transaction may be written in time slices: other connections do not
 * see it before its commit. After a failure the connection is replaced.
 */
export class GroupCommit {
  private waiting: WaitingCall[] = [];
  private running: Promise<void> | undefined;
  private connection: WritingConnection | undefined;
  /** The failure of the last attempt to write; undefined where it succeeded. */
  private failed: { readonly error: LogError; readonly at: number } | undefined;

  constructor(
    db: Db,
    private readonly options: GroupCommitOptions,
  ) {
    this.connection = new WritingConnection(db);
  }

  append({ events, expected }: Append): Promise<Appended[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, expected, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** As `EventLog.seal`. Shares the transaction of the waiting appends. */
  seal(at: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ seal: at, events: [], resolve, reject });
      this.running ??= this.run();
    });
  }

  /** As `EventLog.unwritable`. */
  unwritable(): LogError | undefined {
    if (this.failed !== undefined && this.running === undefined) {
      if (this.options.runtime.elapsed() - this.failed.at >= PROBE_MS) this.probe();
    }
    return this.failed?.error;
  }

  /** Resolves when the appends are committed or refused. */
  async close(): Promise<void> {
    await this.running;
    this.discard();
  }

  private async run(): Promise<void> {
    const { runtime } = this.options;
    while (this.waiting.length > 0) {
      await runtime.turn();
      let group: WaitingCall[] | undefined;
      try {
        const connection = await retryWhileBusy(() => this.begin(), this.options);
        group = this.takeGroup();
        await this.write(connection, group);
      } catch (error) {
        const failure = this.fail(error);
        for (const { reject } of group ?? this.waiting.splice(0)) reject(failure);
      }
    }
    this.running = undefined;
  }

  /** A write without an event. It waits for no lock. */
  private probe(): void {
    try {
      const connection = this.begin();
      connection.touch();
      connection.commit(0);
      this.failed = undefined;
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): LogError {
    const { runtime, file } = this.options;
    this.discard();
    const failure = asSqliteError(error, file);
    this.failed = { error: failure, at: runtime.elapsed() };
    return failure;
  }

  private begin(): WritingConnection {
    this.connection ??= new WritingConnection(this.options.reopen());
    this.connection.begin();
    return this.connection;
  }

  /** A transaction that is under way is rolled back. */
  private discard(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  private takeGroup(): WaitingCall[] {
    let events = 0;
    let characters = 0;
    let size = 0;
    for (const append of this.waiting) {
      if (size > 0 && (events > GROUP_EVENTS || characters > GROUP_CHARACTERS)) break;
      size += 1;
      events += append.events.length;
      for (const { content } of append.events) characters += content.values.length;
    }
    return this.waiting.splice(0, size);
  }

  /** Call it with the write lock held. No caller gets an answer before the commit is on the disk. */
  private async write(connection: WritingConnection, group: readonly WaitingCall[]): Promise<void> {
    const { runtime, committed } = this.options;
    const { writer } = connection;
    const slices = new TimeSlices(runtime, SLICE_MS);
    const before = writer.begin().sequence;
    const known = new Map<string, StoredEvent>();
    const sent = group.flatMap(({ events }) => events);
    for (let at = 0; at < sent.length; at += LOOK_UP) {
      writer.find(sent.slice(at, at + LOOK_UP), known);
      if (slices.over) await slices.next();
    }
    const now = runtime.now();
    const answers: (() => void)[] = [];
    for (const waiting of group) {
      if ('seal' in waiting) {
        const sealed = writer.seal(waiting.seal);
        answers.push(() => waiting.resolve(sealed));
        continue;
      }
      const { events, expected, resolve, reject } = waiting;
      const decision = await slices.finish(writer.deciding({ events, expected }, now, known));
      if (decision.kind === 'refused') {
        answers.push(() => reject(decision.error));
        continue;
      }
      for (const event of decision.events) {
        writer.insert(event);
        if (group.length > 1) known.set(event.id, event);
        if (slices.over) await slices.next();
      }
      answers.push(() => resolve(decision.answer));
    }
    const { sequence } = writer;
    connection.commit(sequence - before);
    this.failed = undefined;
    for (const answer of answers) answer();
    if (sequence > before) committed({ sequence, events: sequence - before, appends: group.length });
  }
}

/** A connection with its statements. */
class WritingConnection {
  readonly writer: Writer;
  private pages: number | undefined;
  private readonly beginning: PreparedStatement<[]>;
  private readonly committing: PreparedStatement<[]>;

  constructor(private readonly db: Db) {
    this.writer = new Writer(db);
    this.beginning = db.prepare('BEGIN IMMEDIATE');
    this.committing = db.prepare('COMMIT');
  }

  begin(): void {
    this.beginning.run();
  }

  /** Writes a page without a change: the number of the format again. */
  touch(): void {
    this.db.pragma(`user_version = ${LOG_FORMAT}`);
  }

  /** `events`: the number of events in the transaction. */
  commit(events: number): void {
    const pages = events >= BULK_EVENTS ? CHECKPOINT_PAGES.bulk : CHECKPOINT_PAGES.small;
    if (pages !== this.pages) this.db.pragma(`wal_autocheckpoint = ${pages}`);
    this.pages = pages;
    this.committing.run();
  }

  close(): void {
    this.db.close();
  }
}
