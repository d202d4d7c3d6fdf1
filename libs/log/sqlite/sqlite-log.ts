import type Database from 'better-sqlite3';
import type { Observable } from 'rxjs';
import { closed } from '../errors.js';
import type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  LogFilter,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { serialize } from '../serialized-event.js';
import { asLogError } from './failure.js';
import { openFile } from './file.js';
import { GroupCommit, type Commit } from './group-commit.js';
import type { PollBounds } from './head-watch.js';
import { SqliteReader } from './reader.js';
import { Writer } from './writer.js';

export interface SqliteLogOptions {
  /** Milliseconds since the epoch; `Date.now` where absent. */
  readonly clock?: () => number;
  /** How often to look for appends of other processes while somebody subscribes; 1 to 50 ms where absent. */
  readonly poll?: PollBounds;
  /** How long to wait for the lock of another process before `unavailable`, in milliseconds; 5,000 where absent. */
  readonly busyTimeout?: number;
  /** Memory for pages of the file, in megabytes; 32 where absent. Who reads the log from end to end needs little. */
  readonly cache?: number;
  /** Told of every transaction that wrote. */
  readonly onCommit?: (commit: Commit) => void;
}

/**
 * An EventLog in one SQLite file, which several processes may have open. The file is made where there is none.
 * Throws LogError `not-a-log`, `newer-format`, `corrupt`, `unavailable`.
 */
export function openSqliteLog(file: string, options: SqliteLogOptions = {}): EventLog {
  const db = openFile(file, options.cache);
  try {
    return new SqliteLog(db, options);
  } catch (error) {
    db.close();
    throw asLogError(error, file);
  }
}

class SqliteLog implements EventLog {
  private readonly commits: GroupCommit;
  private readonly reader: SqliteReader;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly db: Database.Database,
    options: SqliteLogOptions,
  ) {
    const patience = options.busyTimeout ?? 5_000;
    this.reader = new SqliteReader(db, {
      patience,
      poll: options.poll ?? { busy: 1, idle: 50 },
      isClosed: () => this.closing !== undefined,
    });
    const writer = new Writer(db, options.clock ?? Date.now);
    this.commits = new GroupCommit(db, writer, patience, (commit) => {
      this.reader.advanced(commit.sequence);
      options.onCommit?.(commit);
    });
  }

  async append(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    if (events.length === 0) return [];
    return this.commits.append({ events: events.map(serialize), expected: { ...options.expected } });
  }

  read(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.reader.read(options);
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

  sequenceAt(recordedAt: number): Promise<number> {
    return this.reader.sequenceAt(recordedAt);
  }

  /** What was accepted for appending is still committed; subscriptions complete. */
  close(): Promise<void> {
    this.closing ??= this.commits.drained().then(() => {
      this.reader.release();
      this.db.close();
    });
    return this.closing;
  }
}
