import type Database from 'better-sqlite3';
import type { LogFilter } from '../event-log.js';
import type { Direction, Pages } from './page.js';
import { ScanPages } from './scan-pages.js';
import { StreamPages } from './stream-pages.js';

/** With more streams than this, looking at every event is the shorter way. */
const FEW_STREAMS = 16;

export function pagesOf(
  db: Database.Database,
  filter: LogFilter,
  direction: Direction,
  head: () => number,
): Pages {
  return filter.streams !== undefined && new Set(filter.streams).size <= FEW_STREAMS
    ? new StreamPages(db, new Set(filter.streams), filter, direction, head)
    : new ScanPages(db, filter, direction, head);
}
