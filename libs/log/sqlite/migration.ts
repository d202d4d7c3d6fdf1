import { formatIn, WriteMemory, type Db } from '#sqlite';
import { pack } from '../template.js';
import { storedId, type StoredId } from './rows.js';
import { BESIDE_EVENTS, eventsSchema, LOG_FORMAT } from './schema.js';
import { NewTemplates, WHOLE } from './templates.js';

/** How far a migration is: events copied, and how many there are. */
export interface MigrationProgress {
  readonly done: number;
  readonly of: number;
}

/** The events of one transaction. A transaction stops the thread, and other processes wait for its lock. */
const STEP = 5_000;

/** The columns of `events` in formats 1 and 2. */
const EARLIER_COLUMNS =
  'sequence, stream, revision, recorded_at, type, schema_version, id, metadata, payload';

type EarlierRow = readonly [
  sequence: number,
  stream: number,
  revision: number,
  recordedAt: number,
  type: string,
  schemaVersion: number,
  id: string,
  metadata: string,
  payload: string,
];

/**
 * Brings a file of format 1 or 2 to the present format. The events are copied into a new table, which replaces the old one in the last
 * transaction. Until then the file keeps its format, and earlier versions can use it; after an interruption, the next call continues.
 * Several processes may do it at the same time. Throws the errors of SQLite.
 */
export function migrate(db: Db, onProgress: (progress: MigrationProgress) => void): void {
  const step = db.transaction(() => {
    if (formatIn(db) === LOG_FORMAT) return true;
    db.exec(BESIDE_EVENTS + eventsSchema('new_events'));
    const [copied, of] = [lastOf(db, 'new_events'), lastOf(db, 'events')];
    onProgress({ done: copied, of });
    if (copy(db, copied) === STEP) return false;
    if (lastOf(db, 'new_events') !== of || countOf(db, 'new_events') !== countOf(db, 'events')) {
      // The file lacks events that were copied: somebody replaced it by an older copy.
      db.exec('DELETE FROM new_events');
      return false;
    }
    db.exec('DROP TABLE events; ALTER TABLE new_events RENAME TO events');
    db.pragma(`user_version = ${LOG_FORMAT}`);
    return true;
  });
  while (!step.immediate());
  giveBack(db);
}

/** Copies the next events after the sequence; returns their number. */
function copy(db: Db, after: number): number {
  const rows = db
    .prepare<[number, number], EarlierRow>(
      `SELECT ${EARLIER_COLUMNS} FROM events WHERE sequence > ? ORDER BY sequence LIMIT (SELECT ?)`,
    )
    .raw()
    .all(after, STEP);
  const templates = new NewTemplates(db, new WriteMemory());
  const insert = db.prepare<[number, number, number, number, number, StoredId, string]>(
    'INSERT INTO new_events VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const row of rows) {
    const [sequence, stream, revision, recordedAt, type, schemaVersion, id, metadata, payload] = row;
    const content = packed(payload, metadata);
    const { template, values } = templates.stored({ type, schemaVersion, content });
    insert.run(sequence, stream, revision, recordedAt, template, storedId(id), values);
  }
  return rows.length;
}

/** A damaged event stays damaged, so that a reader finds the damage. */
function packed(payload: string, metadata: string): { readonly template: string; readonly values: string } {
  try {
    return pack({ payload: JSON.parse(payload) as unknown, metadata: JSON.parse(metadata) as unknown });
  } catch {
    return { template: WHOLE, values: `[${payload},${metadata}]` };
  }
}

/** Returns the space of the old table to the disk. Where that is not possible now, later events use the space. */
function giveBack(db: Db): void {
  try {
    db.exec('VACUUM');
  } catch {
    // Another process has the file open, or the disk has too little room for a copy.
  }
}

const lastOf = (db: Db, table: string): number =>
  db.prepare<[], number>(`SELECT ifnull(max(sequence), 0) FROM ${table}`).pluck().get()!;

const countOf = (db: Db, table: string): number =>
  db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get()!;
