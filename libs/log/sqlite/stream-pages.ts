import type Database from 'better-sqlite3';
import type { LogFilter } from '../event-log.js';
import { conditionsOf } from './conditions.js';
import { PAGE, type Direction, type Page, type Pages } from './page.js';
import { COLUMNS, eventsOfPage, type Row } from './rows.js';

/**
 * The events of a few streams, without looking at any other: sequences rise with revisions, so the place of a sequence in a
 * stream is found by bisection in the index over (stream, revision), and the streams are merged.
 */
export class StreamPages implements Pages {
  private readonly numberOf: Database.Statement<[string], number>;
  private readonly length: Database.Statement<[number], number>;
  private readonly at: Database.Statement<[number, number], number>;
  private readonly sequences: Database.Statement<[number, number, number], number>;
  private readonly event: Database.Statement<unknown[], Row>;
  private readonly values: readonly string[];
  private readonly forwards: boolean;

  constructor(
    db: Database.Database,
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
        `SELECT sequence FROM events WHERE stream = ? AND revision ${reached} ? ORDER BY revision ${order} LIMIT ?`,
      )
      .pluck();
    const { types, categories } = filter;
    const { sql, values } = conditionsOf({ ...(types && { types }), ...(categories && { categories }) });
    this.values = values;
    this.event = db
      .prepare<unknown[], Row>(
        `SELECT ${COLUMNS} FROM events e JOIN streams s ON s.number = e.stream WHERE e.sequence = ? ${sql}`,
      )
      .raw();
  }

  after(sequence: number, limit: number): Page {
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
    const { events, bytes } = eventsOfPage(rows);
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

  /** How many events of the stream have this sequence or a smaller one. */
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
