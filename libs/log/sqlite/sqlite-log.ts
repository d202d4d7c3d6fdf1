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
import { matching } from '../filter.js';
import { serialize } from '../serialized-event.js';
import { asLogError, patiently } from './failure.js';
import { openFile } from './file.js';
import { GroupCommit, type Commit } from './group-commit.js';
import { HeadWatch, type PollBounds } from './head-watch.js';
import { PAGE, type Direction, type Page, type Pages } from './page.js';
import { pagesOf } from './pages.js';
import { COLUMNS, eventOf, type Row } from './rows.js';
import { subscription } from './subscription.js';
import { Tail } from './tail.js';
import { Writer } from './writer.js';

export interface SqliteLogOptions {
  /** Milliseconds since the epoch; `Date.now` where absent. */
  readonly clock?: () => number;
  /** How often to look for appends of other processes while somebody subscribes; 1 to 50 ms where absent. */
  readonly poll?: PollBounds;
  /** How long to wait for the lock of another process before `unavailable`, in milliseconds; 5,000 where absent. */
  readonly busyTimeout?: number;
  /** Told of every transaction that wrote. */
  readonly onCommit?: (commit: Commit) => void;
}

/**
 * An EventLog in one SQLite file, which several processes may have open. The file is made where there is none.
 * Throws LogError `not-a-log`, `newer-format`, `corrupt`, `unavailable`.
 */
export function openSqliteLog(file: string, options: SqliteLogOptions = {}): EventLog {
  const db = openFile(file);
  try {
    return new SqliteLog(db, options);
  } catch (error) {
    db.close();
    throw asLogError(error, file);
  }
}

class SqliteLog implements EventLog {
  private readonly commits: GroupCommit;
  private readonly watch: HeadWatch;
  private readonly tail: Tail;
  private readonly patience: number;
  private readonly headRow: Database.Statement<[], Head>;
  private readonly recordedAt: Database.Statement<[number], number>;
  private readonly byId: Database.Statement<[string], Row>;
  private readonly ofStream: Database.Statement<[string, number, number], Row>;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly db: Database.Database,
    options: SqliteLogOptions,
  ) {
    this.patience = options.busyTimeout ?? 5_000;
    this.headRow = db.prepare(
      'SELECT sequence, recorded_at AS recordedAt FROM events ORDER BY sequence DESC LIMIT 1',
    );
    this.recordedAt = db
      .prepare<[number], number>('SELECT recorded_at FROM events WHERE sequence = ?')
      .pluck();
    const joined = `SELECT ${COLUMNS} FROM events e JOIN streams s ON s.number = e.stream`;
    this.byId = db.prepare<[string], Row>(`${joined} WHERE e.id = ?`).raw();
    this.ofStream = db
      .prepare<[string, number, number], Row>(
        `${joined} WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
      )
      .raw();
    this.watch = new HeadWatch(() => this.headNow().sequence, options.poll ?? { busy: 1, idle: 50 });
    this.tail = new Tail(this.pages({}, 'forwards'), () => this.headNow().sequence);
    const writer = new Writer(db, options.clock ?? Date.now);
    this.commits = new GroupCommit(db, writer, this.patience, (commit) => {
      this.watch.advance(commit.sequence);
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

  async *read(options: ReadOptions = {}): AsyncGenerator<RecordedEvent, void, undefined> {
    const { direction = 'forwards', filter = {} } = options;
    let left = options.limit ?? Infinity;
    let position = options.after ?? (direction === 'forwards' ? 0 : Infinity);
    const pages = await this.attempt(() => this.pages(filter, direction));
    while (left > 0) {
      const from = position;
      const page = await this.attempt(() => pages.after(from, left));
      yield* page.events;
      left -= page.events.length;
      position = page.through;
      if (page.last) return;
      await nextTurn();
    }
  }

  async *readStream(
    stream: string,
    options: { readonly from?: number; readonly limit?: number } = {},
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    let left = options.limit ?? Infinity;
    let from = options.from ?? 0;
    while (left > 0) {
      const start = from;
      const size = Math.min(PAGE, left);
      const events = await this.attempt(() => this.ofStream.all(stream, start, size).map(eventOf));
      yield* events;
      left -= events.length;
      from += events.length;
      if (events.length < size) return;
      await nextTurn();
    }
  }

  find(id: string): Promise<RecordedEvent | undefined> {
    return this.attempt(() => {
      const row = this.byId.get(id);
      return row === undefined ? undefined : eventOf(row);
    });
  }

  subscribe(options: { readonly after?: number; readonly filter?: LogFilter } = {}): Observable<LogSignal> {
    return subscription(options.after ?? 0, () => {
      if (this.closing !== undefined) throw closed();
      const { filter = {} } = options;
      const pages = this.pages(filter, 'forwards');
      const passes = matching(filter);
      const pageAfter = (sequence: number): Page => {
        const page = this.tail.after(sequence);
        return page === undefined
          ? pages.after(sequence, PAGE)
          : { ...page, events: page.events.filter(passes) };
      };
      return {
        watch: this.watch,
        isClosed: () => this.closing !== undefined,
        pageAfter: (sequence) => this.attempt(() => pageAfter(sequence)),
      };
    });
  }

  head(): Promise<Head> {
    return this.attempt(() => this.headNow());
  }

  /** By bisection: sequences are dense and `recordedAt` rises with them. */
  sequenceAt(recordedAt: number): Promise<number> {
    return this.attempt(() => {
      let low = 0;
      let high = this.headNow().sequence;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((this.recordedAt.get(middle) ?? Infinity) <= recordedAt) low = middle;
        else high = middle - 1;
      }
      return low;
    });
  }

  /** What was accepted for appending is still committed; subscriptions complete. */
  close(): Promise<void> {
    this.closing ??= this.commits.drained().then(() => {
      this.watch.close();
      this.db.close();
    });
    return this.closing;
  }

  private headNow(): Head {
    return this.headRow.get() ?? { sequence: 0, recordedAt: 0 };
  }

  private pages(filter: LogFilter, direction: Direction): Pages {
    return pagesOf(this.db, filter, direction, () => this.headNow().sequence);
  }

  private attempt<T>(work: () => T): Promise<T> {
    const open = (): T => {
      if (this.closing !== undefined) throw closed();
      return work();
    };
    return patiently(open, this.patience, this.db.name);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
