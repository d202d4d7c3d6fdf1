import { Inject } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { eventTypes, subjectNamed } from '#events';
import { toEntry } from '#data-folder';
import type { EventLog, RecordedEvent } from '#log';
import type { TurnOptions } from '#runtime';
import type { EventQuery } from '#views';
import { readCorrections } from '../events/corrections.js';
import { RootFinder } from './root-finder.js';
import { FindEvents, type EventPage } from '../events/find-events.js';
import { EVENT_LOG } from '../provided.js';
import { entryIn, type FeedEntry } from './feed-entry.js';

/** Selects developments. Of several values of a member, one must match. */
export type FeedFilter = Pick<EventQuery, 'types' | 'subjects' | 'categories' | 'claimants' | 'text'>;

export interface FeedPage {
  /** The last altered first. */
  readonly entries: readonly FeedEntry[];
  /** The `after` of the next page: a sequence; absent: this page is the last. */
  readonly next?: number;
}

const IS_CORRECTION = /^record\./;
const CORRECTIONS = eventTypes.map(({ type }) => type).filter((type) => IS_CORRECTION.test(type));
const DEVELOPMENTS = eventTypes.map(({ type }) => type).filter((type) => !IS_CORRECTION.test(type));
/** The most corrections that are read for a page. Where there are more, the page is shorter than its limit. */
const MOST_CORRECTIONS = 1000;
/** The number of corrections of its developments after which a page ends, so that the work for a page is bounded. */
const MOST_READ = 5000;

interface FeedPageAsked {
  readonly limit: number;
  /** Only developments that were altered last before this sequence. */
  readonly after?: number | undefined;
  /** The IANA zone of the times in the texts. */
  readonly zone: string;
}

/**
 * Developments, the last altered first, so that a reader of the first page gets every correction. Each is listed once: where its last
 * correction was recorded or, without corrections, where it was recorded itself.
 */
export class ReadFeed extends Query<FeedPage> {
  constructor(
    readonly filter: FeedFilter,
    readonly page: FeedPageAsked,
    readonly turn: TurnOptions,
  ) {
    super();
  }
}

@QueryHandler(ReadFeed)
export class ReadFeedHandler implements IQueryHandler<ReadFeed> {
  constructor(
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ filter, page: { limit, after, zone }, turn }: ReadFeed): Promise<FeedPage> {
    const newestFirst = { order: 'desc', axis: 'recorded', ...(after !== undefined && { after }) } as const;
    const types = (filter.types ?? DEVELOPMENTS).filter((type) => !IS_CORRECTION.test(type));
    const found = await this.find({ ...filter, ...newestFirst, types, limit: limit + 1 }, turn);
    let from = found.length > limit ? found[limit]!.sequence + 1 : 1;
    const limitOfCorrections = MOST_CORRECTIONS + 1;
    const corrections = await this.find(
      { ...newestFirst, types: CORRECTIONS, from, limit: limitOfCorrections },
      turn,
    );
    if (corrections.length > MOST_CORRECTIONS) from = corrections[MOST_CORRECTIONS]!.sequence + 1;
    const entries: FeedEntry[] = [];
    const altered = inOrder([...found, ...corrections], from);
    const roots = new RootFinder(this.log, altered, turn);
    const done = new Set<string>();
    let read = 0;
    for (const event of altered) {
      turn.signal?.throwIfAborted();
      if (entries.length === limit || read > MOST_READ) return { entries, next: event.sequence + 1 };
      const root = await roots.rootOf(event);
      if (!root || done.has(root.id)) continue;
      done.add(root.id);
      const recorded = await readCorrections(this.log, root.id, turn);
      read += recorded.length;
      const isLast = recorded.every(({ sequence }) => sequence <= event.sequence);
      if (!isLast || (root.id !== event.id && !(await this.passes(root, filter, turn)))) continue;
      entries.push(await this.log.turns.finish(entryIn(root, recorded, zone), turn));
    }
    return { entries, ...(from > 1 && { next: from }) };
  }

  private async passes(event: RecordedEvent, filter: FeedFilter, turn: TurnOptions): Promise<boolean> {
    const { types, subjects, categories, claimants, text } = filter;
    const isAmong = (list: readonly string[] | undefined, ...names: readonly string[]): boolean =>
      list?.some((name) => names.includes(name)) ?? true;
    const { category, id } = subjectNamed(event.stream);
    return (
      isAmong(types, event.type) &&
      isAmong(subjects, id, event.stream) &&
      isAmong(categories, category) &&
      isAmong(claimants, toEntry(event).attribution.claimant) &&
      (text === undefined || (await this.find(onlyOf(event, text), turn)).length > 0)
    );
  }

  private async find(query: EventQuery, turn: TurnOptions): Promise<readonly RecordedEvent[]> {
    if (query.types?.length === 0) return [];
    const { events }: EventPage = await this.queries.execute(new FindEvents(query, turn));
    return events;
  }
}

const onlyOf = ({ sequence }: RecordedEvent, text: string): EventQuery => ({
  text,
  axis: 'recorded',
  from: sequence,
  to: sequence,
  order: 'asc',
  limit: 1,
});

const inOrder = (events: readonly RecordedEvent[], from: number): RecordedEvent[] =>
  events.filter(({ sequence }) => sequence >= from).sort((a, b) => b.sequence - a.sequence);
