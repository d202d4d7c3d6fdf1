import { waitFor, type Interruptible, type Runtime } from '#runtime';
import { doneIn, LONGEST_MS, type LongWork } from './long-work.js';
import { readerOfAnother, type ProjectionReader } from './projection-reader.js';
import type { EventIndex, EventQuery } from './sqlite/event-index.js';
import { SEARCH_KIND, searchFileOf } from './sqlite/search-database.js';
import { ViewsError } from './views-error.js';

/** A search as it is sent to another thread. */
export interface SentSearch {
  readonly query: EventQuery;
  /** The opening of the file, in the status of its writer, that the sender reads. */
  readonly opening: number;
}

/** The work of a search that this thread does, in units of `EventIndex.workOf`: some 5 to 20 ms. */
const MOST_WORK = 500_000;

/** Finds events. A search that may read long lists is done in another thread, so that the length of the log does not matter to this thread. */
export class EventSearch {
  constructor(
    private readonly runtime: Runtime,
    private readonly search: ProjectionReader<EventIndex>,
    private readonly longWork: LongWork<SentSearch> | undefined,
    private readonly mostWork = MOST_WORK,
  ) {}

  /** The sequences of the events, in order. Throws SearchTextError, and ViewsError `unavailable`. */
  *find(query: EventQuery): Interruptible<number[]> {
    const { runtime, search, longWork, mostWork } = this;
    if (longWork === undefined || search.reader.workOf(query) <= mostWork) return search.reader.find(query);
    const sent = { query, opening: search.status.opened };
    const thread = { runtime, longWork, name: 'search', tooLong: TOO_LONG } as const;
    return (yield* waitFor((signal) => doneIn(thread, sent, { most: LONGEST_MS, signal }))) as number[];
  }
}

const TOO_LONG = `The search was given up after ${LONGEST_MS / 1_000} s: ask with fewer words or filters, or again when the server does less.`;

/** Does the searches of another thread in this thread, one after the other, on a connection of its own. */
export class SentSearches {
  private readonly search: ProjectionReader<EventIndex>;
  private opening = 0;

  /** `file`: the file of the views. */
  constructor(runtime: Runtime, file: string) {
    this.search = readerOfAnother(runtime, searchFileOf(file), SEARCH_KIND, () => this.opening);
  }

  /** The sequences of the events. A search for which nobody waits any more is not begun. Rejects with ViewsError. */
  do({ query, opening }: SentSearch, signal: Pick<AbortSignal, 'aborted'>): Promise<number[]> {
    this.opening = opening;
    if (signal.aborted) throw new ViewsError('unavailable', 'nobody waits for the answer');
    // The sender may have waited for an event that came after the last search, in the same turn of this thread.
    this.search.renew();
    return Promise.resolve(this.search.reader.find(query));
  }

  close(): void {
    this.search.close();
  }
}
