import type { Db } from '#sqlite';
import { asSqliteError } from './failure.js';
import { openFileToRead } from './file.js';

/** The number of pages between two reports of progress. */
const PAGES = 2_000;
/** Megabytes of pages in memory. */
const CACHE = 2;

/**
 * Copies an SQLite file in WAL mode, as it is at this moment, into a new one; other processes may continue to write. SQLite's backup starts
 * again after each write of another process, so under load it would never end. So it runs inside a read transaction, whose view of the file
 * does not change. `onProgress` gets the share that is done, 0 to 1. Throws LogError `unavailable`, `corrupt`, `not-a-log`.
 */
export async function copyDatabase(
  file: string,
  to: string,
  onProgress: (done: number) => void,
): Promise<void> {
  const read = (db: Db): unknown => db.prepare('SELECT count(*) FROM sqlite_schema').get();
  const { db, close } = openFileToRead(file, CACHE, read);
  try {
    db.exec('BEGIN');
    read(db);
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(1 - remainingPages / Math.max(1, totalPages));
        return PAGES;
      },
    });
    db.exec('ROLLBACK');
  } catch (error) {
    throw asSqliteError(error, file);
  } finally {
    close();
  }
}
