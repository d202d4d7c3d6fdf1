import type { Db, PreparedStatement } from '#sqlite';
import type { LogFilter, LogPage, RecordedEvent } from '../event-log.js';
import { categoryOf } from '../serialized-event.js';
import { COLUMNS, contentOfRow, type EventRows, type EventRow } from './rows.js';

export type Direction = 'forwards' | 'backwards';

/** Consecutive events of the log, read by one call. */
export interface ReadPage extends LogPage {
  /** Characters of the values of its events, as JSON. */
  readonly bytes: number;
  /** When the page was read, the log had no event beyond `through`. */
  readonly last: boolean;
  /** The head when the page was read. */
  readonly head: number;
}

/** The events that match a filter, a page at a time. Each page is a few short statements: no read transaction outlasts the call. */
export interface Pages {
  /**
   * The next page after (backwards: before) the sequence, of at most `limit` events and never more than `PAGE`. It ends earlier where its
   * events have more than `PAGE_BYTES`, but not before the first.
   */
  after(sequence: number, limit: number): ReadPage;
}

/** The greatest number of events in a page. */
export const PAGE = 256;
/** Characters of JSON that end a page: the thread parses them in a few milliseconds. */
const PAGE_BYTES = 256 * 1024;

/** With more streams than this, reading every event is faster. */
const FEW_STREAMS = 16;

/** Chooses how to read: stream by stream where the filter names a few, otherwise every event. */
export function pagesOf(
  db: Db,
  rows: EventRows,
  filter: LogFilter,
  direction: Direction,
  head: () => number,
): Pages {
  return filter.streams !== undefined && new Set(filter.streams).size <= FEW_STREAMS
    ? new StreamPages(db, rows, new Set(filter.streams), filter, direction, head)
    : new ScanPages(db, rows, filter, direction, head);
}

/** The greatest number of sequences that a filtered page reads: the search for a rare event must not block the thread. */
const WINDOW = 8_192;

/** Reads every event, a window at a time. */
class ScanPages implements Pages {
  private readonly page: PreparedStatement<unknown[], EventRow>;
  private readonly values: readonly string[];
  private readonly window: number;
  private readonly forwards: boolean;

  constructor(
    db: Db,
    private readonly rows: EventRows,
    filter: LogFilter,
    direction: Direction,
    private readonly head: () => number,
  ) {
    const { joins, sql, values } = conditionsOf(filter);
    this.forwards = direction === 'forwards';
    this.values = values;
    this.window = values.length === 0 ? PAGE : WINDOW;
    this.page = db
      .prepare<unknown[], EventRow>(
        `SELECT ${COLUMNS} FROM events e ${joins}
         WHERE e.sequence BETWEEN ? AND ? ${sql} ORDER BY e.sequence ${this.forwards ? 'ASC' : 'DESC'} LIMIT (SELECT ?)`,
      )
      .raw();
  }

  after(sequence: number, limit: number): ReadPage {
    const head = this.head();
    const before = Math.min(sequence, head + 1);
    const from = this.forwards ? sequence + 1 : Math.max(1, before - this.window);
    const to = this.forwards ? Math.min(head, windowAfter(sequence, this.window)) : before - 1;
    if (from > to) return { events: [], bytes: 0, through: sequence, last: true, head };
    const size = Math.min(PAGE, limit);
    const rows = this.page.all(from, to, ...this.values, size);
    const { events, bytes } = eventsOfPage(rows, this.rows);
    const end = this.forwards ? to : from;
    const whole = events.length === rows.length && rows.length < size;
    const through = whole ? end : (events.at(-1)?.sequence ?? end);
    return { events, bytes, through, last: this.forwards ? through >= head : through <= 1, head };
  }
}

/** The end of the window after the sequence. Windows end at multiples of their size, so that readers that start apart share pages. */
const windowAfter = (sequence: number, window: number): number =>
  (Math.floor(sequence / window) + 1) * window;

/**
 * Reads the events of a few streams and no others. Sequences rise with revisions, so a sequence is found in a stream by bisection, in the
 * index over (stream, revision). Then the streams are merged.
 */
class StreamPages implements Pages {
  private readonly numberOf: PreparedStatement<[string], number>;
  private readonly length: PreparedStatement<[number], number>;
  private readonly at: PreparedStatement<[number, number], number>;
  private readonly sequences: PreparedStatement<[number, number, number], number>;
  private readonly event: PreparedStatement<unknown[], EventRow>;
  private readonly values: readonly string[];
  private readonly forwards: boolean;

  constructor(
    db: Db,
    private readonly rows: EventRows,
    private readonly streams: ReadonlySet<string>,
    filter: LogFilter,
    direction: Direction,
    private readonly head: () => number,
  ) {
    this.forwards = direction === 'forwards';
    const [reached, order] = this.forwards ? ['>=', 'ASC'] : ['<=', 'DESC'];
    this.numberOf = db.prepare<[string], number>('SELECT number FROM streams WHERE name = ?').pluck();
    this.length = db
      .prepare<[number], number>('SELECT ifnull(max(revision) + 1, 0) FROM events WHERE stream = ?')
      .pluck();
    this.at = db
      .prepare<[number, number], number>('SELECT sequence FROM events WHERE stream = ? AND revision = ?')
      .pluck();
    this.sequences = db
      .prepare<[number, number, number], number>(
        `SELECT sequence FROM events WHERE stream = ? AND revision ${reached} ? ORDER BY revision ${order} LIMIT (SELECT ?)`,
      )
      .pluck();
    const { types, categories } = filter;
    const { joins, sql, values } = conditionsOf({
      ...(types && { types }),
      ...(categories && { categories }),
    });
    this.values = values;
    this.event = db
      .prepare<unknown[], EventRow>(`SELECT ${COLUMNS} FROM events e ${joins} WHERE e.sequence = ? ${sql}`)
      .raw();
  }

  after(sequence: number, limit: number): ReadPage {
    const head = this.head();
    const size = Math.min(PAGE, limit);
    const found = [...this.streams].flatMap((name) => this.next(name, sequence, size));
    const merged = found
      .filter((candidate) => candidate <= head)
      .sort((a, b) => (this.forwards ? a - b : b - a))
      .slice(0, size);
    const rows = merged
      .map((candidate) => this.event.get(candidate, ...this.values))
      .filter((row) => row !== undefined);
    const { events, bytes } = eventsOfPage(rows, this.rows);
    if (events.length < rows.length) {
      return { events, bytes, through: events.at(-1)?.sequence ?? sequence, last: false, head };
    }
    const last = merged.length < size;
    const end = this.forwards ? Math.max(head, sequence) : 1;
    return { events, bytes, through: last ? end : (merged[size - 1] ?? end), last, head };
  }

  /** The sequences of the stream's events after (before) the sequence, nearest first. */
  private next(stream: string, sequence: number, size: number): number[] {
    const number = this.numberOf.get(stream);
    if (number === undefined) return [];
    const revision = this.forwards
      ? this.countThrough(number, sequence)
      : this.countThrough(number, sequence - 1) - 1;
    return this.sequences.all(number, revision, size);
  }

  /** The number of events of the stream with this sequence or a smaller one. */
  private countThrough(number: number, sequence: number): number {
    let low = 0;
    let high = this.length.get(number) ?? 0;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.at.get(number, middle) ?? Infinity) <= sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The events of the rows, up to the first damaged one and to the size of a page, but at least the first. Throws if the first is damaged. */
function eventsOfPage(rows: readonly EventRow[], made: EventRows): Pick<ReadPage, 'events' | 'bytes'> {
  const events: RecordedEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = contentOfRow(row).length;
    if (events.length > 0 && bytes + size > PAGE_BYTES) break;
    try {
      events.push(made.event(row));
    } catch (error) {
      if (events.length === 0) throw error;
      break;
    }
    bytes += size;
  }
  return { events, bytes };
}

/** The filter as a predicate; `conditionsOf` is the same as SQL. */
export function matching(filter: LogFilter): (event: RecordedEvent) => boolean {
  const types = filter.types && new Set(filter.types);
  const streams = filter.streams && new Set(filter.streams);
  const categories = filter.categories && new Set(filter.categories);
  return ({ type, stream }) =>
    (types?.has(type) ?? true) &&
    (streams?.has(stream) ?? true) &&
    (categories?.has(categoryOf(stream)) ?? true);
}

/** The filter as SQL about `events e`; each of its members has one parameter, a JSON array. */
function conditionsOf(filter: LogFilter): {
  readonly joins: string;
  readonly sql: string;
  readonly values: readonly string[];
} {
  const members = [
    ['t.type', filter.types],
    ['s.name', filter.streams],
    ['s.category', filter.categories],
  ] as const;
  const given = members.filter(([, values]) => values !== undefined);
  return {
    joins:
      given.length > 0
        ? 'CROSS JOIN streams s ON s.number = e.stream CROSS JOIN templates t ON t.number = e.template'
        : '',
    sql: given.map(([column]) => `AND ${column} IN (SELECT value FROM json_each(?))`).join(' '),
    values: given.map(([, values]) => JSON.stringify(values)),
  };
}
