import Database from 'better-sqlite3';
import { LogError } from '../errors.js';
import { asLogError } from './failure.js';

/** "BLog": marks the file as a log of ours (PRAGMA application_id). */
const APPLICATION_ID = 0x424c6f67;
/** Version of the file format (PRAGMA user_version). */
const FORMAT = 1;
/** How long opening waits for another process that is creating or recovering the same file. */
const OPENING_MS = 5_000;

/**
 * Rows of one stream are found by its number; `revision` is dense within it, so the unique index also finds the place of a
 * sequence by bisection. Sequences are dense and `recorded_at` rises with them, so time needs no index either.
 */
export const SCHEMA = `
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

/**
 * Opens the file, or makes it. Afterwards nothing waits for locks inside SQLite (that would stop the whole process); the
 * callers try again by themselves. Throws LogError `not-a-log`, `newer-format`, `corrupt`, `unavailable`.
 */
export function openFile(file: string, cacheMegabytes = 32): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { timeout: OPENING_MS });
    claim(db, file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('journal_size_limit = 67108864');
    db.pragma(`cache_size = -${cacheMegabytes * 1024}`);
    db.pragma('busy_timeout = 0');
    return db;
  } catch (error) {
    db?.close();
    throw asLogError(error, file);
  }
}

function claim(db: Database.Database, file: string): void {
  const pragma = (name: string): unknown => db.pragma(name, { simple: true });
  if (pragma('application_id') === 0) {
    db.transaction(() => {
      if (pragma('application_id') !== 0) return;
      if (pragma('user_version') !== 0 || db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
        throw new LogError('not-a-log', `${file} is a database of something else`);
      }
      db.exec(SCHEMA);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${FORMAT}`);
    }).immediate();
  }
  if (pragma('application_id') !== APPLICATION_ID) {
    throw new LogError('not-a-log', `${file} is a database of something else`);
  }
  const format = pragma('user_version');
  if (typeof format !== 'number' || format > FORMAT) {
    throw new LogError('newer-format', `${file} has format ${String(format)}; this version reads ${FORMAT}`);
  }
}
