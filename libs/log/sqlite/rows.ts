import type { RecordedEvent } from '../event-log.js';

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

/** The events of the rows, up to the first that is damaged. Throws where that is the first of all. */
export function eventsBeforeDamage(rows: readonly Row[]): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  try {
    for (const row of rows) events.push(eventOf(row));
  } catch (error) {
    if (events.length === 0) throw error;
  }
  return events;
}
