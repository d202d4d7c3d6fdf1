import { rangeOf, searchText, subjectNamed, type Payload } from '#events';
import type { RecordedEvent } from '#log';
import { WriteMemory, type Db } from '#sqlite';
import type { Range } from '#time';
import { openDatabase, SEARCH } from './database.js';
import { EventIndex } from './event-index.js';
import { ProjectionFile } from './projection-file.js';

/** The file of the search beside a file of the views. */
export const searchFileOf = (file: string): string => file.replace(/(\.db)?$/, '-search.db');

/** How the file is read. */
export const SEARCH_KIND = {
  layout: SEARCH,
  readerOf: (db: Db) => new EventIndex(db),
  name: 'search',
  verb: 'is' as const,
};

/** The file of the search, as its writer opens it. It has an index entry for each event. */
export class SearchDatabase extends ProjectionFile {
  readonly events: EventIndex;

  /** `busyTimeout`: milliseconds that the thread may wait for another process. */
  constructor(file: string, { busyTimeout = 0 } = {}) {
    const db = openDatabase(file, SEARCH, busyTimeout);
    const memory = new WriteMemory();
    const events = new EventIndex(db, memory);
    super(db, { apply: (event) => index(event, events) }, memory);
    this.events = events;
  }
}

function index({ sequence, type, stream, payload }: RecordedEvent, events: EventIndex): void {
  const { category, id: subject } = subjectNamed(stream);
  const { reportedAt, attribution } = payload as Payload;
  const { begins, ends } = span(payload as Payload);
  events.add({
    sequence,
    type,
    category,
    subject,
    claimant: attribution.claimant,
    begins,
    ends,
    reported: rangeOf(reportedAt).latest,
    text: searchText(type, payload as Payload),
  });
}

/**
 * The span of an event, from the earliest instant at which it may have begun to the last instant before its end. Without an end, the span ends at the
 * latest instant at which the event may have begun.
 */
function span({ occurred, until, reportedAt }: Payload): { readonly begins: number; readonly ends: number } {
  const { earliest, latest }: Range = rangeOf(occurred ?? reportedAt);
  return { begins: earliest, ends: until ? Math.max(latest, rangeOf(until).latest - 1) : latest };
}
