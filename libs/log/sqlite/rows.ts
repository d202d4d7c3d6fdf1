import type { RecordedEvent } from '../event-log.js';
import { PAGE_BYTES, type Page } from './page.js';

/** `events e` joined with `streams s`, in the order of `Row`. */
export const COLUMNS =
  'e.sequence, s.name, e.revision, e.recorded_at, e.type, e.schema_version, e.id, e.metadata, e.payload';

export type Row = readonly [
  sequence: number,
  stream: string,
  revision: number,
  recordedAt: number,
  type: string,
  schemaVersion: number,
  id: string,
  metadata: string,
  payload: string,
];

export function eventOf(row: Row): RecordedEvent {
  return {
    id: row[6],
    stream: row[1],
    type: row[4],
    schemaVersion: row[5],
    payload: JSON.parse(row[8]) as unknown,
    metadata: JSON.parse(row[7]) as Record<string, unknown>,
    sequence: row[0],
    revision: row[2],
    recordedAt: row[3],
  };
}

/**
 * The events of the rows, up to the first that is damaged, and no more than go into a page; the first of all in any case. Throws where that
 * is damaged.
 */
export function eventsOfPage(rows: readonly Row[]): Pick<Page, 'events' | 'bytes'> {
  const events: RecordedEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = row[7].length + row[8].length;
    if (events.length > 0 && bytes + size > PAGE_BYTES) break;
    try {
      events.push(eventOf(row));
    } catch (error) {
      if (events.length === 0) throw error;
      break;
    }
    bytes += size;
  }
  return { events, bytes };
}
