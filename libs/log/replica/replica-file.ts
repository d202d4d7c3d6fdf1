import { claim, isDamaged, lockAlone, openSqlite, removeDatabase, type Db, type FileMark } from '#sqlite';
import { LogError } from '../errors.js';
import { asSqliteError } from '../sqlite/failure.js';
import { INCOMPLETE_SCHEMA } from './incomplete-appends.js';
import { SCHEMA } from '../sqlite/schema.js';

/** "BRep". The format is of the tables, and of the rules by which a replica decides. */
const REPLICA: FileMark = { application: 0x42526570, format: 7 };

/** Besides the tables of a log: the checkpoint in the engine's order, with the time of its commit, and incomplete and refused appends. */
const MORE = `
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    record TEXT,
    committed_at INTEGER NOT NULL
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
export function openReplicaFile(file: string, origin: string): Db {
  try {
    return opened(file, origin) ?? made(file, origin);
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/** The replica of another owner, in this process or another, for reading. Throws LogError. */
export function openReplicaFileToRead(file: string): Db {
  try {
    return openSqlite(file, { readonly: true, fileMustExist: true, timeout: 0 });
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/**
 * A lock on the replica, in a file beside it, until the returned function is called or the process ends. Throws LogError `unavailable` where another
 * process has it.
 */
export function lockReplicaFile(file: string): () => void {
  let release: (() => void) | undefined;
  try {
    release = lockAlone(`${file}.lock`);
  } catch (error) {
    throw asSqliteError(error, file);
  }
  if (release !== undefined) return release;
  throw new LogError(
    'unavailable',
    `${file} is in use by another process: ask its server with --url, or use another data folder`,
  );
}

function made(file: string, origin: string): Db {
  removeDatabase(file);
  const db = opened(file, origin);
  if (db === undefined) throw new LogError('unavailable', `${file} cannot be made again`);
  return db;
}

/** Undefined for a file of ours that cannot be used. */
function opened(file: string, origin: string): Db | undefined {
  try {
    let isUsable = false;
    const db = openSqlite(file, { timeout: 1_000 }, (db) => {
      db.pragma('journal_mode = WAL');
      // After a power cut the engine sends the lost events again; a replica loses only its end, never its middle.
      db.pragma('synchronous = NORMAL');
      db.pragma('cache_size = -32768');
      // In pages. A checkpoint waits for the disk, so a replica that catches up should have few.
      db.pragma('wal_autocheckpoint = 8000');
      isUsable = isOf(origin, db, file);
    });
    if (isUsable) return db;
    db.close();
    return undefined;
  } catch (error) {
    if (isDamaged(error)) return undefined;
    throw error;
  }
}

/** Whether the file, which is claimed where it is empty, is of this format and of the origin. */
function isOf(origin: string, db: Db, file: string): boolean {
  const found = claim(db, REPLICA, () => {
    db.exec(SCHEMA + MORE);
    db.prepare('INSERT INTO checkpoint VALUES (1, ?, 0, NULL, 0)').run(origin);
  });
  if (found === 'foreign') throw new LogError('not-a-log', `${file} is a database of something else`);
  return found === 'ours' && db.prepare<[], string>('SELECT origin FROM checkpoint').pluck().get() === origin;
}
