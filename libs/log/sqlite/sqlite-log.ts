import type { Observable } from 'rxjs';
import { TimeSlices, type Runtime, type Turnstile, type WaitOptions } from '#runtime';
import type { Db } from '#sqlite';
import { answerOf, deciding, type Append, type StoredEvent } from '../decide.js';
import { closed, LogError } from '../errors.js';
import type {
  Appended,
  ExpectedRevisions,
  Head,
  HistoryOptions,
  LogFilter,
  LogPage,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { serializeAll } from '../serialized-event.js';
import { asSqliteError } from './failure.js';
import { openFile, openLogToRead, reopenFile, type FileToRead } from './file.js';
import { GroupCommit, type Commit } from './group-commit.js';
import type { PollBounds } from './head-gate.js';
import type { MigrationProgress } from './migration.js';
import { SqliteReader, type LogInFile } from './reader.js';
import { headSealed, StoredLog } from './writer.js';

export interface SqliteLogOptions {
  /** How often to poll for appends of other processes while somebody waits; 1 to 200 ms where absent. */
  readonly poll?: PollBounds;
  /** Milliseconds to wait for the lock of another process before `unavailable`; 5,000 where absent. */
  readonly busyTimeout?: number;
  /** Megabytes of the file's pages in memory, for reading; 32 where absent. A reader of the whole log needs little. */
  readonly cache?: number;
  /**
   * The file must exist, and is not changed: it may be on a read-only medium. An append is `unavailable`. A file of an earlier format is copied as it
   * is now, and the copy is read.
   */
  readonly readOnly?: boolean;
  /** Called while a file of an earlier format is migrated, before opening returns. */
  readonly onMigration?: (progress: MigrationProgress) => void;
  /** Called after each transaction that wrote. */
  readonly onCommit?: (commit: Commit) => void;
}

/** Each poll wakes the thread, which is most of the cost of an idle server. */
const POLL: PollBounds = { busy: 1, idle: 200 };
/** Megabytes of pages that the connection for writing keeps. */
const WRITING_CACHE = 16;

/** Milliseconds of the thread that the work on one append uses before others get their turn. */
const SLICE_MS = 5;

/** The number of events that a preview looks up before others get their turn. */
const PREVIEW_EVENTS = 500;

/**
 * An EventLog in one SQLite file, which several processes may have open. Creates the file where there is none. Throws LogError `not-a-log`,
 * `newer-format`, `corrupt`, `unavailable`.
 */
export function openSqliteLog(runtime: Runtime, file: string, options: SqliteLogOptions = {}): LogInFile {
  const writing = options.readOnly === true ? undefined : openFile(file, WRITING_CACHE, options.onMigration);
  let reading: FileToRead | undefined;
  try {
    reading = openLogToRead(file, options.cache ?? 32);
    return new SqliteLog(runtime, file, reading, writing, options);
  } catch (error) {
    reading?.close();
    writing?.close();
    throw asSqliteError(error, file);
  }
}

class SqliteLog implements LogInFile {
  private readonly commits: GroupCommit | undefined;
  private readonly reader: SqliteReader;
  private readonly stored: StoredLog;
  /** The appends of many events that are under way; fulfilled at their end. */
  private readonly serializing = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly file: string,
    private readonly reading: FileToRead,
    writing: Db | undefined,
    options: SqliteLogOptions,
  ) {
    const { busyTimeout: timeout = 5_000 } = options;
    this.stored = new StoredLog(reading.db);
    this.reader = new SqliteReader(reading.db, {
      runtime,
      timeout,
      poll: options.poll ?? POLL,
      isClosed: () => this.closing !== undefined,
    });
    this.commits =
      writing &&
      new GroupCommit(writing, {
        file,
        runtime,
        timeout,
        reopen: () => reopenFile(file, WRITING_CACHE),
        committed: (commit) => {
          this.reader.advanced(commit.sequence);
          options.onCommit?.(commit);
        },
      });
  }

  async append(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    if (this.commits === undefined) {
      throw new LogError('unavailable', `${this.file} is open for reading only`, { reason: 'read-only' });
    }
    if (events.length === 0) return [];
    const expected = { ...options.expected };
    const { commits } = this;
    const serialized = serializeAll(this.runtime, events);
    if (!(serialized instanceof Promise)) return commits.append({ events: serialized, expected });
    const appended = serialized.then((all) => commits.append({ events: all, expected }));
    const isOver = appended.catch(() => undefined);
    this.serializing.add(isOver);
    return appended.finally(() => this.serializing.delete(isOver));
  }

  async preview(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    const expected = { ...options.expected };
    const append: Append = { events: await serializeAll(this.runtime, events), expected };
    const found = new Map<string, StoredEvent>();
    for (let at = 0; at < append.events.length; at += PREVIEW_EVENTS) {
      const some = append.events.slice(at, at + PREVIEW_EVENTS);
      await this.reader.attempt(() => this.stored.find(some, found));
      await this.runtime.turn();
    }
    const { stored } = this;
    const lookup = await this.reader.attempt(() => ({
      head: headSealed(stored.head, stored.sealed),
      event: (id: string) => found.get(id),
      revision: (stream: string) => stored.revision(stream),
    }));
    const computation = deciding(append, lookup, this.runtime.now());
    const slices = new TimeSlices(this.runtime, SLICE_MS);
    for (;;) {
      const next = await this.reader.attempt(() => computation.next());
      if (next.done === true) return answerOf(next.value);
      if (slices.over) await slices.next();
    }
  }

  read(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.reader.read(options);
  }

  history(options: HistoryOptions, take: (page: LogPage) => void | Promise<unknown>): Promise<number> {
    return this.reader.history(options, take);
  }

  get turns(): Turnstile {
    return this.reader.turns;
  }

  readStream(
    stream: string,
    options?: { readonly from?: number; readonly limit?: number },
  ): AsyncIterable<RecordedEvent> {
    return this.reader.readStream(stream, options);
  }

  find(id: string): Promise<RecordedEvent | undefined> {
    return this.reader.find(id);
  }

  subscribe(options?: { readonly after?: number; readonly filter?: LogFilter }): Observable<LogSignal> {
    return this.reader.subscribe(options);
  }

  head(): Promise<Head> {
    return this.reader.head();
  }

  async seal(at: number): Promise<number> {
    if (this.closing !== undefined) throw closed();
    if (this.commits === undefined) {
      throw new LogError('unavailable', `${this.file} is open for reading only`, { reason: 'read-only' });
    }
    return this.commits.seal(at);
  }

  sealed(): Promise<number> {
    return this.reader.sealed();
  }

  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    return this.reader.reached(sequence, options);
  }

  sequenceAt(recordedAt: number): Promise<number> {
    return this.reader.sequenceAt(recordedAt);
  }

  unwritable(): LogError | undefined {
    return this.closing === undefined ? this.commits?.unwritable() : undefined;
  }

  advanced(sequence: number): void {
    this.reader.advanced(sequence);
  }

  /** Appends under way are still committed. Subscriptions complete. */
  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  private async shut(): Promise<void> {
    const committed = Promise.all(this.serializing).then(() => this.commits?.close());
    this.reader.release();
    this.reading.close();
    await committed;
  }
}
