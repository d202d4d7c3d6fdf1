import type Database from 'better-sqlite3';
import type { LogFilter } from '../event-log.js';
import { conditionsOf } from './conditions.js';
import { PAGE, type Direction, type Page, type Pages } from './page.js';
import { COLUMNS, eventsOfPage, type Row } from './rows.js';

/** The most sequences a filtered page looks at: a rare event must not stop the process while it is looked for. */
const WINDOW = 8_192;

/** Looks at every event, a window at a time. */
export class ScanPages implements Pages {
  private readonly page: Database.Statement<unknown[], Row>;
  private readonly values: readonly string[];
  private readonly window: number;
  private readonly forwards: boolean;

  constructor(
    db: Database.Database,
    filter: LogFilter,
    direction: Direction,
    private readonly head: () => number,
  ) {
    const { sql, values } = conditionsOf(filter);
    this.forwards = direction === 'forwards';
    this.values = values;
    this.window = values.length === 0 ? PAGE : WINDOW;
    this.page = db
      .prepare<unknown[], Row>(
        `SELECT ${COLUMNS} FROM events e CROSS JOIN streams s ON s.number = e.stream
         WHERE e.sequence BETWEEN ? AND ? ${sql} ORDER BY e.sequence ${this.forwards ? 'ASC' : 'DESC'} LIMIT ?`,
      )
      .raw();
  }

  after(sequence: number, limit: number): Page {
    const head = this.head();
    const before = Math.min(sequence, head + 1);
    const from = this.forwards ? sequence + 1 : Math.max(1, before - this.window);
    const to = this.forwards ? Math.min(head, windowAfter(sequence, this.window)) : before - 1;
    if (from > to) return { events: [], bytes: 0, through: sequence, last: true, head };
    const size = Math.min(PAGE, limit);
    const rows = this.page.all(from, to, ...this.values, size);
    const { events, bytes } = eventsOfPage(rows);
    const end = this.forwards ? to : from;
    const whole = events.length === rows.length && rows.length < size;
    const through = whole ? end : (events.at(-1)?.sequence ?? end);
    return { events, bytes, through, last: this.forwards ? through >= head : through <= 1, head };
  }
}

/** The end of a window after the sequence. Windows end at its multiples, so that readers who start at different places meet. */
const windowAfter = (sequence: number, window: number): number =>
  (Math.floor(sequence / window) + 1) * window;
