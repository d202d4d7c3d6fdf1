import Database from 'better-sqlite3';
import { asLogError } from './failure.js';

/** How long it waits for another process that is creating or recovering the file. */
const OPENING_MS = 5_000;
/** Copied at a time; in between, progress is told. */
const PAGES = 2_000;

/**
 * Copies an SQLite file in WAL mode, as it is at this moment, into a new one; others may go on writing. The
 * backup of SQLite begins again whenever another process has written in between, and under load never ends: so it runs
 * inside a read transaction, whose view of the file does not change. `onProgress` is told which part is done, 0 to 1. Throws
 * LogError `unavailable`, `corrupt`, `not-a-log`.
 */
export async function copyDatabase(
  file: string,
  to: string,
  onProgress: (done: number) => void,
): Promise<void> {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true, timeout: OPENING_MS });
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(1 - remainingPages / Math.max(1, totalPages));
        return PAGES;
      },
    });
    db.exec('ROLLBACK');
  } catch (error) {
    throw asLogError(error, file);
  } finally {
    db?.close();
  }
}
