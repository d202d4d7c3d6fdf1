import Database from 'better-sqlite3';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';

/** The tables of `log.db` as 0.1.0 made them, in format 1. */
const FORMAT_1 = `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    category TEXT NOT NULL
  ) STRICT;
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    metadata TEXT NOT NULL,
    payload TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
`;
/** The table that format 2 has in addition. */
const FORMAT_2 = 'CREATE TABLE sealed (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT';

/** Makes a log of an earlier format from a log of the current format, with the same events. */
export async function asEarlierFormat(file: string, to: string, format: 1 | 2): Promise<void> {
  const log = openSqliteLog(systemRuntime, file);
  const db = new Database(to);
  db.pragma('journal_mode = WAL');
  db.exec(FORMAT_1);
  if (format === 2) db.exec(`${FORMAT_2}; INSERT INTO sealed VALUES (1, ${await log.sealed()})`);
  db.exec('BEGIN');
  const addStream = db.prepare('INSERT OR IGNORE INTO streams (name, category) VALUES (?, ?)');
  const addEvent = db.prepare(
    'INSERT INTO events VALUES (?, (SELECT number FROM streams WHERE name = ?), ?, ?, ?, ?, ?, ?, ?)',
  );
  for await (const event of log.read()) {
    const { sequence, stream, revision, recordedAt, type, schemaVersion, id } = event;
    addStream.run(stream, stream.slice(0, stream.indexOf('-')));
    const parts = [JSON.stringify(event.metadata), JSON.stringify(event.payload)];
    addEvent.run(sequence, stream, revision, recordedAt, type, schemaVersion, id, ...parts);
  }
  db.exec('COMMIT');
  db.pragma(`application_id = ${0x424c6f67}`);
  db.pragma(`user_version = ${format}`);
  db.close();
  await log.close();
}
