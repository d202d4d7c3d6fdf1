import type { Observable } from 'rxjs';
import { Turnstile, type Runtime, type WaitOptions } from '#runtime';
import { isBusy, retryWhileBusy, type Db, type PreparedStatement, type WriteMemory } from '#sqlite';
import { closed, type LogError } from '../errors.js';
import type {
  EventLog,
  Head,
  HistoryOptions,
  LogFilter,
  LogPage,
  LogSignal,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { asSqliteError } from './failure.js';
import { HeadGate, type PollBounds } from './head-gate.js';
import { History } from './history.js';
import { matching, PAGE, pagesOf, type Direction, type ReadPage, type Pages } from './pages.js';
import { COLUMNS, EventRows, storedId, type EventRow, type StoredId } from './rows.js';
import { NewestPage, subscription } from './subscription.js';
import { sealedIn } from './writer.js';

export interface ReaderOptions {
  readonly runtime: Runtime;
  /** Milliseconds to wait for the lock of another process before `unavailable`. */
  readonly timeout: number;
  /** How often to poll for appends of other processes while somebody waits for them. */
  readonly poll: PollBounds;
  /** Whether all calls are refused from now on. */
  readonly isClosed: () => boolean;
  /** Of the writer that has the same connection. */
  readonly memory?: WriteMemory;
}

/** A log that another thread of this process may write. */
export interface LogInFile extends EventLog {
  /** Call it when the log has the sequence: callers that wait for the sequence here need not read the file. */
  advanced(sequence: number): void;
}

/** The reading half of an EventLog, over the tables of `file.ts`. The writer calls `advanced` after each commit. */
export class SqliteReader implements Omit<EventLog, 'append' | 'preview' | 'seal' | 'close'> {
  private readonly gate: HeadGate;
  /** The pages without a filter, forwards: a consumer needs them at each read. */
  private readonly everything: Pages;
  private readonly newest: NewestPage;
  private readonly shared: History;
  readonly turns: Turnstile;
  private readonly headRow: PreparedStatement<[], Head>;
  private readonly sealedRow: PreparedStatement<[], number>;
  private readonly recordedAt: PreparedStatement<[number], number>;
  private readonly rows: EventRows;
  private readonly byId: PreparedStatement<[StoredId], EventRow>;
  private readonly ofStream: PreparedStatement<[string, number, number], EventRow>;

  constructor(
    private readonly db: Db,
    private readonly options: ReaderOptions,
  ) {
    this.sealedRow = sealedIn(db);
    this.headRow = db.prepare(
      'SELECT sequence, recorded_at AS recordedAt FROM events ORDER BY sequence DESC LIMIT 1',
    );
    this.recordedAt = db
      .prepare<[number], number>('SELECT recorded_at FROM events WHERE sequence = ?')
      .pluck();
    this.rows = new EventRows(db, options.memory);
    this.byId = db.prepare<[StoredId], EventRow>(`SELECT ${COLUMNS} FROM events e WHERE e.id = ?`).raw();
    this.ofStream = db
      .prepare<[string, number, number], EventRow>(
        `SELECT ${COLUMNS} FROM events e WHERE e.stream = (SELECT number FROM streams WHERE name = ?)
         AND e.revision >= ? ORDER BY e.revision LIMIT (SELECT ?)`,
      )
      .raw();
    this.gate = new HeadGate(options.runtime, db.name, () => this.headNow().sequence, options.poll);
    this.everything = pagesOf(db, this.rows, {}, 'forwards', () => this.headNow().sequence);
    this.turns = new Turnstile(options.runtime);
    this.shared = new History({
      runtime: options.runtime,
      turns: this.turns,
      pages: (filter) => this.pages(filter, 'forwards'),
      head: () => this.headNow().sequence,
      attempt: (work) => this.attemptNow(work),
    });
    this.newest = new NewestPage(this.everything, () => this.headNow().sequence);
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<RecordedEvent, void, undefined> {
    const { direction = 'forwards', filter = {} } = options;
    let left = options.limit ?? Infinity;
    let position = options.after ?? (direction === 'forwards' ? 0 : Infinity);
    const pages = await this.attempt(() => this.pages(filter, direction));
    while (left > 0) {
      const from = position;
      const page = await this.attempt(() => pages.after(from, left));
      // Not yield*, which would await three promises for each event.
      for (const event of page.events) yield event;
      left -= page.events.length;
      position = page.through;
      if (page.last) return;
      await this.options.runtime.turn();
    }
  }

  history(options: HistoryOptions, take: (page: LogPage) => void | Promise<unknown>): Promise<number> {
    return this.shared.read(options, take);
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
      const events = await this.attempt(() =>
        this.ofStream.all(stream, start, size).map((row) => this.rows.event(row)),
      );
      for (const event of events) yield event;
      left -= events.length;
      from += events.length;
      if (events.length < size) return;
      await this.options.runtime.turn();
    }
  }

  find(id: string): Promise<RecordedEvent | undefined> {
    return this.attempt(() => {
      const row = this.byId.get(storedId(id));
      return row === undefined ? undefined : this.rows.event(row);
    });
  }

  subscribe(options: { readonly after?: number; readonly filter?: LogFilter } = {}): Observable<LogSignal> {
    return subscription(options.after ?? 0, () => {
      if (this.options.isClosed()) throw closed();
      const { filter = {} } = options;
      const pages = this.pages(filter, 'forwards');
      const passes = matching(filter);
      const pageAfter = (sequence: number): ReadPage => {
        const page = this.newest.after(sequence);
        return page === undefined
          ? pages.after(sequence, PAGE)
          : { ...page, events: page.events.filter(passes) };
      };
      return {
        reached: (sequence, signal) => this.reached(sequence, { timeout: Infinity, signal }),
        runtime: this.options.runtime,
        isClosed: this.options.isClosed,
        pageAfter: (sequence) => this.attempt(() => pageAfter(sequence)),
      };
    });
  }

  head(): Promise<Head> {
    return this.attempt(() => this.headNow());
  }

  sealed(): Promise<number> {
    return this.attempt(() => this.sealedNow());
  }

  /** The seal is read before the head: an event after the head is not before the seal. */
  sealedNow(): number {
    return Math.max(this.sealedRow.get() ?? 0, this.headNow().recordedAt);
  }

  async reached(sequence: number, options: WaitOptions): Promise<boolean> {
    return this.attempt(() => this.gate.reached(sequence, options));
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

  headNow(): Head {
    return this.headRow.get() ?? { sequence: 0, recordedAt: 0 };
  }

  /** Call it when this process has committed events up to the sequence. */
  advanced(sequence: number): void {
    this.gate.advance(sequence);
  }

  /** Completes the subscriptions. Call it when `isClosed` is true, and before the database is closed. */
  release(): void {
    this.gate.close();
  }

  private pages(filter: LogFilter, direction: Direction): Pages {
    if (direction === 'forwards' && Object.keys(filter).length === 0) return this.everything;
    return pagesOf(this.db, this.rows, filter, direction, () => this.headNow().sequence);
  }

  /** As `attempt`, but does the work immediately where no other process has a lock. Throws, or rejects with, LogError. */
  private attemptNow<T>(work: () => T): T | Promise<T> {
    if (this.options.isClosed()) throw closed();
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw asSqliteError(error, this.db.name);
      return this.attempt(work);
    }
  }

  /** Does the work while the log is open, and repeats it while another process has a lock. Rejects with LogError. */
  attempt<T>(work: () => T | Promise<T>): Promise<T> {
    const open = (): T | Promise<T> => {
      if (this.options.isClosed()) throw closed();
      return work();
    };
    const { runtime, timeout } = this.options;
    const asError = (error: unknown): LogError => asSqliteError(error, this.db.name);
    return retryWhileBusy(open, { runtime, timeout, asError });
  }
}
