import { chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { claim, formatFound, formatIn, isUnwritable, openSqlite, type Db, type FormatFound } from '#sqlite';
import { LogError } from '../errors.js';
import { asSqliteError } from './failure.js';
import { migrate, type MigrationProgress } from './migration.js';
import { LOG_FORMAT, LOG_MARK, SCHEMA } from './schema.js';

/** Milliseconds that opening waits for another process that is creating or recovering the same file. */
const OPENING_MS = 5_000;

/**
 * Opens the file for writing, or creates it; a file of an earlier format is migrated. While another process creates, recovers or migrates the file,
 * this call waits inside SQLite. Afterwards nothing waits inside SQLite, because such a wait stops the thread: the callers try again by
 * themselves. `cache`: megabytes of pages in memory. Throws LogError `not-a-log`, `newer-format`, `corrupt`, `unavailable`.
 */
export function openFile(
  file: string,
  cache: number,
  onMigration: (progress: MigrationProgress) => void = () => undefined,
): Db {
  try {
    return openSqlite(file, { timeout: OPENING_MS }, (db) => {
      const found = claim(db, LOG_MARK, () => db.exec(SCHEMA));
      checkLog(db, file, found);
      if (found === 'earlier') migrate(db, onMigration);
      prepareWriting(db, cache);
    });
  } catch (error) {
    throw asSqliteError(error, file);
  }
}

/** Opens a file for writing that `openFile` has opened before. Waits for nothing; throws the errors of SQLite. */
export function reopenFile(file: string, cache: number): Db {
  return openSqlite(file, { fileMustExist: true, timeout: 0 }, (db) => prepareWriting(db, cache));
}

export interface FileToRead {
  readonly db: Db;
  readonly close: () => void;
}

/**
 * Opens a log for reading; it must exist, and others may write to it. A log of an earlier format is copied to the folder for temporary files as
 * it is now, and the copy is migrated; closing removes the copy. Throws LogError.
 */
export function openLogToRead(file: string, cache: number): FileToRead {
  const { db, close } = openFileToRead(file, cache, checkLog);
  if (formatFound(db, LOG_MARK) !== 'earlier') return { db, close };
  try {
    return readingCopy(file, (folder) => {
      const copy = join(folder, basename(file));
      db.pragma('query_only = OFF');
      db.prepare('VACUUM INTO ?').run(copy);
      openFile(copy, cache).close();
      return openToRead(copy, cache);
    });
  } finally {
    close();
  }
}

/**
 * Opens a file for reading; it must exist, and others may write to it. SQLite cannot read some files in WAL mode on a read-only medium,
 * because it must write beside a file that no process has open. Such a file is copied to the folder for temporary files; closing removes
 * the copy. `check` is called with the connection, and may throw. Throws LogError.
 */
export function openFileToRead(
  file: string,
  cache: number,
  check: (db: Db, file: string) => void,
): FileToRead {
  const checked = (at: string): Db => openToRead(at, cache, (db) => check(db, file));
  try {
    const db = checked(file);
    return { db, close: () => db.close() };
  } catch (error) {
    if (!isUnwritable(error) || !existsSync(file)) throw asSqliteError(error, file);
  }
  return readingCopy(file, (folder) => checked(copied(file, folder)));
}

const openToRead = (file: string, cache: number, check: (db: Db) => void = () => undefined): Db =>
  openSqlite(file, { fileMustExist: true, timeout: OPENING_MS }, (db) => {
    check(db);
    db.pragma('query_only = ON');
    prepare(db, cache);
  });

/** Opens the copy of the file that `copy` makes in a new folder. Closing removes the folder. */
function readingCopy(file: string, copy: (folder: string) => Db): FileToRead {
  const folder = mkdtempSync(join(tmpdir(), 'borderline-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const db = copy(folder);
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

function prepareWriting(db: Db, cache: number): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('journal_size_limit = 67108864');
  prepare(db, cache);
}

function prepare(db: Db, cache: number): void {
  db.pragma(`cache_size = -${cache * 1024}`);
  db.pragma('busy_timeout = 0');
}

/**
 * The file and its write-ahead log, copied to the folder. Call it only where no process writes to them; a file that is in use can be read
 * where it is.
 */
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

function checkLog(db: Db, file: string, found: FormatFound = formatFound(db, LOG_MARK)): void {
  if (found === 'foreign' || found === 'empty') {
    throw new LogError('not-a-log', `${file} is a database of something else`);
  }
  if (found === 'newer') {
    throw new LogError(
      'newer-format',
      `${file} has format ${formatIn(db)}; this version reads ${LOG_FORMAT}`,
    );
  }
}
