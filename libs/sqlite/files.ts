import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isBusy } from './errors.js';

export type Db = Database.Database;
export type PreparedStatement<P extends unknown[], R = unknown> = Database.Statement<P, R>;

export interface OpenOptions {
  /** Milliseconds for which SQLite, and so the thread, may wait for the lock of another process. */
  readonly timeout: number;
  readonly readonly?: boolean;
  readonly fileMustExist?: boolean;
}

/** Opens a file, or creates it, and prepares it; closes it where `prepare` throws. Throws the errors of SQLite. */
export function openSqlite(
  file: string,
  options: OpenOptions,
  prepare: (db: Db) => void = () => undefined,
): Db {
  const db = new Database(file, options);
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What marks a file as one of ours. */
export interface FileMark {
  /** Four letters (PRAGMA application_id); 0 for files that only their format marks. */
  readonly application: number;
  /** The version of the file format (PRAGMA user_version). */
  readonly format: number;
}

export type FormatFound = 'empty' | 'ours' | 'earlier' | 'newer' | 'foreign';

/** What a file is, by its mark: ours of this format, of another format, or a database of something else. Only reads. */
export function formatFound(db: Db, { application, format }: FileMark): FormatFound {
  const found = Number(pragma(db, 'application_id'));
  const version = formatIn(db);
  if (found === 0 && version === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) {
    return 'empty';
  }
  if (found !== application) return 'foreign';
  if (version === format) return 'ours';
  return version > format ? 'newer' : 'earlier';
}

/**
 * Marks an empty file as ours, with the tables that `create` makes, in one transaction. Any other file stays as it is. Returns what the file is now.
 */
export function claim(db: Db, mark: FileMark, create: () => void): Exclude<FormatFound, 'empty'> {
  const before = formatFound(db, mark);
  if (before !== 'empty') return before;
  return db
    .transaction(() => {
      const now = formatFound(db, mark);
      if (now !== 'empty') return now;
      create();
      db.pragma(`application_id = ${mark.application}`);
      db.pragma(`user_version = ${mark.format}`);
      return 'ours';
    })
    .immediate();
}

/** The version of the format of a file; 0 for an empty file. */
export const formatIn = (db: Db): number => Number(pragma(db, 'user_version'));

const pragma = (db: Db, name: string): unknown => db.pragma(name, { simple: true });

/** Removes a file and the files that SQLite keeps beside it. No process may have it open. */
export function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}

/**
 * Locks a file for its caller alone, against this process and all others of the machine, until the returned function is called or the process ends:
 * the system releases the locks of a process as soon as it dies. Undefined where another has it. The file is for the lock only. Throws the errors of SQLite.
 */
export function lockAlone(file: string): (() => void) | undefined {
  try {
    const lock = openSqlite(file, { timeout: 0 }, (db) => db.exec('BEGIN EXCLUSIVE'));
    return () => lock.close();
  } catch (error) {
    if (isBusy(error)) return undefined;
    throw error;
  }
}
