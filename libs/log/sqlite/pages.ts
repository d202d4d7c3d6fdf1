import type Database from 'better-sqlite3';
import type { LogFilter, RecordedEvent } from '../event-log.js';
import { COLUMNS, eventOf, type Row } from './rows.js';

export type Direction = 'forwards' | 'backwards';

/** A part of the log, read in one go. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  /** The last sequence that was looked at: the next page goes on after it. */
  readonly through: number;
  /** There was nothing beyond it when the page was read. */
  readonly last: boolean;
}

/** The most events a page holds. */
export const PAGE = 256;
/** The most sequences a filtered page looks at, so that a rare event does not stop the process while it is looked for. */
const WINDOW = 8_192;

/** Reads what the filter lets through, a page at a time; each page is one short read of the file. */
export class Pages {
  private readonly page: Database.Statement<unknown[], Row>;
  private readonly values: unknown[] = [];
  private readonly window: number;

  constructor(
    db: Database.Database,
    filter: LogFilter,
    private readonly direction: Direction,
    private readonly head: () => number,
  ) {
    const conditions: string[] = [];
    const oneOf = (column: string, values: readonly string[] | undefined): void => {
      if (values === undefined) return;
      conditions.push(`AND ${column} IN (SELECT value FROM json_each(?))`);
      this.values.push(JSON.stringify(values));
    };
    oneOf('e.type', filter.types);
    oneOf('s.name', filter.streams);
    oneOf('s.category', filter.categories);
    this.window = conditions.length === 0 ? PAGE : WINDOW;
    this.page = db
      .prepare<unknown[], Row>(
        `SELECT ${COLUMNS} FROM events e CROSS JOIN streams s ON s.number = e.stream
         WHERE e.sequence BETWEEN ? AND ? ${conditions.join(' ')}
         ORDER BY e.sequence ${direction === 'forwards' ? 'ASC' : 'DESC'} LIMIT ?`,
      )
      .raw();
  }

  /** The next page after (or, backwards, before) the sequence, of at most `limit` events. */
  after(sequence: number, limit: number): Page {
    const head = this.head();
    const forwards = this.direction === 'forwards';
    const before = Math.min(sequence, head + 1);
    const from = forwards ? sequence + 1 : Math.max(1, before - this.window);
    const to = forwards ? Math.min(head, sequence + this.window) : before - 1;
    if (from > to) return { events: [], through: sequence, last: true };
    const size = Math.min(PAGE, limit);
    const rows = this.page.all(from, to, ...this.values, size);
    const full = rows.length === size ? rows[size - 1]?.[0] : undefined;
    const through = full ?? (forwards ? to : from);
    return { events: rows.map(eventOf), through, last: forwards ? through >= head : through <= 1 };
  }
}
