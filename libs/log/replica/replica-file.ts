import Database from 'better-sqlite3';
import { rmSync, statSync } from 'node:fs';
import { LogError } from '../errors.js';
import { asSqliteError, isBusy } from '../sqlite/failure.js';
import { INCOMPLETE_SCHEMA } from './incomplete-appends.js';
import { SCHEMA } from '../sqlite/schema.js';

/** "BRep": marks the file as a replica of ours (PRAGMA application_id). */
const APPLICATION_ID = 0x42526570;
/** Version of the format, and of the rules by which a replica decides (PRAGMA user_version). */
const FORMAT = 6;

/** Besides the tables of a log: the checkpoint in the engine's order, and incomplete and refused appends. */
const MORE = `
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    record TEXT
  ) STRICT;
  CREATE TABLE refused (
    append TEXT PRIMARY KEY,
    position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  ${INCOMPLETE_SCHEMA}
`;

/**
 * Opens the replica of the origin. Creates an empty replica where there is no file, or the file is of another origin, of another format or
 * damaged: its content can be read again. Throws LogError `not-a-log` where it is a database of another program.
 */
export function openReplicaFile(file: string, origin: string): Database.Database {
  try {
    return opened(file, origin) ?? made(file, origin);
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/** When the file was last written: milliseconds since the epoch; 0 where there is none. */
export function replicaWrittenAt(file: string): number {
  const times = [file, `${file}-wal`].map((part) => statSync(part, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...times);
}

/** The replica of another owner, in this process or another, for reading. Throws LogError. */
export function openReplicaFileToRead(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true, timeout: 0 });
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/**
 * A lock on the replica, until it is closed or the process ends: a database beside it, with a transaction that does not end. Throws LogError
 * `unavailable` where another process has it.
 */
export function lockReplicaFile(file: string): Database.Database {
  let lock: Database.Database | undefined;
  try {
    lock = new Database(`${file}.lock`, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) {
      throw new LogError(
        'unavailable',
        `${file} is in use by another process: ask its server with --url, or use another data folder`,
        { cause: error },
      );
    }
    throw asSqliteError(error, file);
  }
}

/** Deletes a replica that does not continue its origin. */
export function discardReplicaFile(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
}

function made(file: string, origin: string): Database.Database {
  discardReplicaFile(file);
  const db = opened(file, origin);
  if (db === undefined) throw new LogError('unavailable', `${file} cannot be made again`);
  return db;
}

/** Undefined for a file of ours that cannot be used. */
function opened(file: string, origin: string): Database.Database | undefined {
  const db = new Database(file, { timeout: 1_000 });
  try {
    db.pragma('journal_mode = WAL');
    // After a power cut the engine sends the lost events again; a replica loses only its end, never its middle.
    db.pragma('synchronous = NORMAL');
    db.pragma('cache_size = -32768');
    // In pages. A checkpoint waits for the disk, so a replica that catches up should have few.
    db.pragma('wal_autocheckpoint = 8000');
    const usable = claimed(db, file, origin);
    if (!usable) db.close();
    return usable ? db : undefined;
  } catch (error) {
    db.close();
    if (isDamaged(error)) return undefined;
    throw error;
  }
}

function claimed(db: Database.Database, file: string, origin: string): boolean {
  const pragma = (name: string): unknown => db.pragma(name, { simple: true });
  return db
    .transaction(() => {
      if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) {
        db.exec(SCHEMA + MORE);
        db.prepare('INSERT INTO checkpoint VALUES (1, ?, 0, NULL)').run(origin);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${FORMAT}`);
        return true;
      }
      if (pragma('application_id') !== APPLICATION_ID) {
        throw new LogError('not-a-log', `${file} is a database of something else`);
      }
      return (
        pragma('user_version') === FORMAT &&
        db.prepare<[], string>('SELECT origin FROM checkpoint').pluck().get() === origin
      );
    })
    .immediate();
}

function isDamaged(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(code);
}
