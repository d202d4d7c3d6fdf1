import Database from 'better-sqlite3';
import { chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { LogError } from '../errors.js';
import { asSqliteError, isUnwritable } from './failure.js';

/** "BLog": marks the file as a log of ours (PRAGMA application_id). */
const APPLICATION_ID = 0x424c6f67;
/** Version of the file format (PRAGMA user_version). */
const FORMAT = 2;
/** Milliseconds that opening waits for another process that is creating or recovering the same file. */
const OPENING_MS = 5_000;

/** The instant before which nothing is recorded any more, of format 2 on. Without a row: none is sealed. */
const SEALED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS sealed (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
`;

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
  ${SEALED_SCHEMA}
`;

/**
 * Opens the file for writing, or makes it. Only a new file, and one that another process is just recovering, are waited for inside SQLite.
 * Afterwards nothing waits there, for that would stop the thread: the callers try again by themselves. `cache`: megabytes of pages in
 * memory. Throws LogError `not-a-log`, `newer-format`, `corrupt`, `unavailable`.
 */
export function openFile(file: string, cache: number): Database.Database {
  try {
    return opened(new Database(file, { timeout: OPENING_MS }), (db) => {
      if (pragma(db, 'application_id') === 0) create(db, file);
      checkLog(db, file);
      if (pragma(db, 'user_version') !== FORMAT) raiseFormat(db);
      prepareWriting(db, cache);
    });
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/** Opens a file for writing that `openFile` has opened before. Waits for nothing; throws what SQLite throws. */
export function reopenFile(file: string, cache: number): Database.Database {
  return opened(new Database(file, { fileMustExist: true, timeout: 0 }), (db) => prepareWriting(db, cache));
}

export interface FileToRead {
  readonly db: Database.Database;
  readonly close: () => void;
}

/**
 * Opens a file for reading; it must exist, and others may write to it. A file on a read-only medium that SQLite cannot read in its place
 * (where no process has it open, it needs to write beside a file in WAL mode) is copied to the folder for temporary files; closing removes
 * the copy. `check` is called with the connection, and may throw. Throws LogError.
 */
export function openFileToRead(
  file: string,
  cache: number,
  check: (db: Database.Database, file: string) => void = checkLog,
): FileToRead {
  const reading = (at: string): Database.Database =>
    opened(new Database(at, { fileMustExist: true, timeout: OPENING_MS }), (db) => {
      check(db, file);
      db.pragma('query_only = ON');
      prepare(db, cache);
    });
  try {
    const db = reading(file);
    return { db, close: () => db.close() };
  } catch (error) {
    if (!isUnwritable(error) || !existsSync(file)) throw asSqliteError(error, file);
  }
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const db = reading(copied(file, folder));
    const close = (): void => {
      db.close();
      remove();
    };
    return { db, close };
  } catch (error) {
    remove();
    throw asSqliteError(error, file);
  }
}

function prepareWriting(db: Database.Database, cache: number): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('journal_size_limit = 67108864');
  prepare(db, cache);
}

function prepare(db: Database.Database, cache: number): void {
  db.pragma(`cache_size = -${cache * 1024}`);
  db.pragma('busy_timeout = 0');
}

/** Closed again where `work` throws. */
function opened(db: Database.Database, work: (db: Database.Database) => void): Database.Database {
  try {
    work(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The file and its write-ahead log, copied to the folder. No process writes to them now: a file in use can be read in its place. */
function copied(file: string, folder: string): string {
  const copy = join(folder, basename(file));
  try {
    for (const end of ['', '-wal']) {
      if (!existsSync(file + end)) continue;
      copyFileSync(file + end, copy + end, constants.COPYFILE_FICLONE);
      chmodSync(copy + end, 0o600);
    }
    return copy;
  } catch (cause) {
    const advice = `it can be neither read there nor copied to ${folder}: copy its folder to a writable disk`;
    throw new LogError('unavailable', `${file} cannot be used: ${advice}`, { reason: 'read-only', cause });
  }
}

function pragma(db: Database.Database, name: string): unknown {
  return db.pragma(name, { simple: true });
}

function create(db: Database.Database, file: string): void {
  db.transaction(() => {
    if (pragma(db, 'application_id') !== 0) return;
    if (pragma(db, 'user_version') !== 0 || db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined) {
      throw new LogError('not-a-log', `${file} is a database of something else`);
    }
    db.exec(SCHEMA);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${FORMAT}`);
  }).immediate();
}

/** A file of format 1 lacks the table of what is sealed; and a version that does not know that table must not write to it. */
function raiseFormat(db: Database.Database): void {
  db.transaction(() => {
    db.exec(SEALED_SCHEMA);
    db.pragma(`user_version = ${FORMAT}`);
  }).immediate();
}

function checkLog(db: Database.Database, file: string): void {
  if (pragma(db, 'application_id') !== APPLICATION_ID) {
    throw new LogError('not-a-log', `${file} is a database of something else`);
  }
  const format = pragma(db, 'user_version');
  if (typeof format !== 'number' || format > FORMAT) {
    throw new LogError('newer-format', `${file} has format ${String(format)}; this version reads ${FORMAT}`);
  }
}
