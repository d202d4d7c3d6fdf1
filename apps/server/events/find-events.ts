import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { correctionOf, effectsOf, storedDevelopment } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import type { TurnOptions } from '#runtime';
import { formatRange, type RangeText } from '#time';
import type { Effect } from '#timeline';
import { Views, type EventQuery } from '#views';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG } from '../provided.js';
import { toEntry, type EventEntry } from '#data-folder';
import { readCorrections } from './corrections.js';
import { positionText, type PositionText } from './position.js';

/** A page of events, as the log has them. */
export interface EventPage extends Pick<EventList, 'next'> {
  readonly events: readonly RecordedEvent[];
}

/** A page of events. */
export interface EventList {
  readonly items: readonly EventEntry[];
  /** The `after` of the next page; null: this page is the last. */
  readonly next: PositionText | null;
}

export class FindEvents extends Query<EventPage> {
  constructor(
    readonly query: EventQuery,
    readonly turn: TurnOptions,
  ) {
    super();
  }
}

/** An event, the corrections of it, and the effects that it asserts. */
export interface EventDetails extends EventEntry {
  /** The corrections and retractions of the event, and of its corrections: 100 at most. */
  readonly corrections: readonly EventEntry[];
  /** Where there are over 100: the path of the list of all corrections and retractions of the event itself, in pages. */
  readonly allCorrections?: string;
  /** The effects that it asserts; of a correction, the effects of its replacement. */
  readonly causes: readonly AssertedEffect[];
}

/** An effect that an event asserts: `value` holds from `from` until `until`, unless another effect overlays it. */
export interface AssertedEffect extends Omit<Effect, 'from' | 'until'> {
  readonly from: RangeText;
  readonly until?: RangeText;
}

export class ReadEvent extends Query<EventDetails> {
  constructor(
    readonly id: string,
    readonly turn: TurnOptions,
  ) {
    super();
  }
}

@QueryHandler(FindEvents)
export class FindEventsHandler implements IQueryHandler<FindEvents> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ query, turn }: FindEvents): Promise<EventPage> {
    const find = () => this.views.events.find({ ...query, limit: query.limit + 1 });
    const sequences = await this.log.turns.finish(find(), turn);
    const events = await this.fetch(sequences.slice(0, query.limit), turn);
    const last = events.at(-1);
    return { events, next: sequences.length > query.limit && last ? positionText(last) : null };
  }

  /** Neighbours are read together. */
  private async fetch(sequences: readonly number[], turn: TurnOptions): Promise<RecordedEvent[]> {
    const found = new Map<number, RecordedEvent>();
    const ascending = [...sequences].sort((a, b) => a - b);
    for (let start = 0; start < ascending.length;) {
      let end = start + 1;
      while (end < ascending.length && ascending[end]! - ascending[end - 1]! <= NEAR) end += 1;
      const [after, through] = [ascending[start]! - 1, ascending[end - 1]!];
      await this.log.history({ after, through, ...turn }, ({ events }) => {
        for (const event of events) found.set(event.sequence, event);
      });
      start = end;
    }
    return sequences.flatMap((sequence) => found.get(sequence) ?? []);
  }
}

/** Sequences so close that it is quicker to read the events in between than to make two queries. */
const NEAR = 8;

/** The greatest number of corrections in an answer about an event. */
const MOST_CORRECTIONS = 100;

@QueryHandler(ReadEvent)
export class ReadEventHandler implements IQueryHandler<ReadEvent> {
  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  async execute({ id, turn }: ReadEvent): Promise<EventDetails> {
    const event = await eventNamed(this.log, id);
    const corrections = await readCorrections(this.log, event.id, { ...turn, most: MOST_CORRECTIONS + 1 });
    return {
      ...toEntry(event),
      corrections: corrections.slice(0, MOST_CORRECTIONS).map(toEntry),
      ...(corrections.length > MOST_CORRECTIONS && {
        allCorrections: `/v1/events?category=record&subject=${event.id}`,
      }),
      causes: causesOf(event).map(shown),
    };
  }
}

/** The event with the id, in any case. Throws Problem `not-found`. */
export async function eventNamed(log: EventLog, id: string): Promise<RecordedEvent> {
  const event = await log.find(id.toLowerCase());
  if (!event) throw new Problem('not-found', `There is no event ${id.slice(0, 60)}.`);
  return event;
}

/** The effects of a development; for a correction, the effects of its replacement. */
function causesOf(event: RecordedEvent): Effect[] {
  const stored = storedDevelopment(event);
  const correction = correctionOf(stored);
  if (!correction) return effectsOf(stored);
  return correction.replacement ? effectsOf(correction.replacement) : [];
}

function shown({ subject, aspect, rule, value, from, until, then, claimant }: Effect): AssertedEffect {
  return {
    subject,
    aspect,
    rule,
    value,
    from: formatRange(from),
    ...(until && { until: formatRange(until) }),
    ...(then !== undefined && { then }),
    claimant,
  };
}
