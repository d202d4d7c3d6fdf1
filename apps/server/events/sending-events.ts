import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { toEntry } from '#data-folder';
import type { EventLog, LogFilter, LogPage, RecordedEvent } from '#log';
import type { Turnstile, TurnOptions } from '#runtime';
import { csvColumns, type EventQuery } from '#views';
import { EVENT_LOG } from '../provided.js';
import { csvHead, csvRows } from '../reading/csv.js';
import { lineOf, type Lines } from '../reading/ndjson.js';
import { filterOf } from './event-filter.js';
import { writtenPage, type EventForm } from './event-forms.js';
import { EVENT_COLUMNS } from './event-table.js';
import { FindEvents, type EventPage } from './find-events.js';

/** The number of events that are found at a time. */
const AT_A_TIME = 100;

/** The way to write events, one in each line. */
interface EventWriter {
  /** The text before the events. */
  readonly head: string;
  /** The text of events; `page`: the page that has these events. */
  readonly write: (events: readonly RecordedEvent[], page?: LogPage) => string | Buffer | Promise<string>;
}

export const eventLines = (form: EventForm): EventWriter => ({
  head: '',
  write: (events, page) =>
    page === undefined
      ? events.map((event) => lineOfEvent(event, form)).join('')
      : writtenPage(page, form, lineOfEvent),
});

const lineOfEvent = (event: RecordedEvent, form: EventForm): string => lineOf(form(event));

/** A table; its rows are written in turns with other work, as they take longer than JSON. */
export function eventRows(turns: Turnstile, signal: AbortSignal): EventWriter {
  const columns = csvColumns(EVENT_COLUMNS);
  return {
    head: csvHead(columns),
    write: (events) => turns.finish(csvRows(columns, events.map(toEntry)), { lane: 'streams', signal }),
  };
}

/** Sends all selected events as they are read: at most a page of them is in memory. */
@Injectable()
export class SendingEvents {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  /** Up to `most` events. The search is used only where the log cannot select the events by itself. */
  async all(wanted: EventQuery, most: number, { head, write }: EventWriter, lines: Lines): Promise<void> {
    const { signal } = lines;
    if (head !== '') await lines.send(head);
    const filter = logFilterOf(wanted);
    if (filter && most === Infinity) {
      const { after = 0 } = wanted;
      await this.log.history({ after, filter, signal }, (page) => {
        const text = write(page.events, page);
        return text instanceof Promise ? text.then((rows) => lines.send(rows)) : lines.send(text);
      });
      return;
    }
    let left = most;
    for (let query = { ...wanted, limit: Math.min(AT_A_TIME, left) }; left > 0;) {
      const turn: TurnOptions = { lane: 'streams', signal };
      const { events, next }: EventPage = await this.queries.execute(new FindEvents(query, turn));
      await lines.send(await write(events));
      left -= events.length;
      if (next === null) return;
      query = { ...query, after: events.at(-1)!.sequence, limit: Math.min(AT_A_TIME, left) };
    }
  }
}

/** The question as a filter of the log; undefined where the log cannot select by these members. */
function logFilterOf({
  order,
  from,
  to,
  claimants,
  text,
  types,
  subjects,
  categories,
}: EventQuery): LogFilter | undefined {
  if (order === 'desc' || [from, to, claimants, text].some((given) => given !== undefined)) return undefined;
  return filterOf({ type: types, subject: subjects, category: categories });
}
