import type { Runtime } from '#runtime';
import { retryWhileBusy } from '#sqlite';
import { answerOf } from '../decide.js';
import { LogError } from '../errors.js';
import type { Appended, NewEvent } from '../event-log.js';
import { serialize } from '../serialized-event.js';
import { asSqliteError } from './failure.js';
import { openFile } from './file.js';
import { Writer } from './writer.js';

/** Milliseconds to wait for the lock of another process before `unavailable`. */
const TIMEOUT_MS = 5_000;

/** Megabytes of pages in memory: the transaction changes the same index pages again and again. */
const CACHE = 64;

/** Appends events after the earlier events, synchronously. Throws LogError where `append` would reject. */
export type Restoring = (events: readonly NewEvent[]) => Appended[];

/**
 * Fills an empty log in one transaction, however long `work` runs. Once this resolves, everything that `work` wrote is on disk. Where
 * `work` throws, or the process dies, the log stays empty. Meanwhile other processes can read, but not write. Creates the file where there
 * is none. Throws the error of `work`, and LogError: `not-empty`, `unavailable`, and the errors of a file that cannot be used.
 */
export async function restoreSqliteLog<T>(
  runtime: Runtime,
  file: string,
  work: (write: Restoring) => Promise<T>,
): Promise<T> {
  const asError = (error: unknown): LogError => asSqliteError(error, file);
  const retry = { runtime, timeout: TIMEOUT_MS, asError };
  const db = openFile(file, CACHE);
  try {
    await retryWhileBusy(() => db.exec('BEGIN IMMEDIATE'), retry);
    const writer = new Writer(db);
    const { sequence } = writer.begin();
    if (sequence > 0) throw new LogError('not-empty', `${file} has ${sequence} events already`);
    const done = await work((events) => written(writer, events, runtime.now(), file));
    await retryWhileBusy(() => db.exec('COMMIT'), retry);
    return done;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
  }
}

function written(writer: Writer, events: readonly NewEvent[], now: number, file: string): Appended[] {
  try {
    return answerOf(writer.write({ events: events.map(serialize), expected: {} }, now));
  } catch (error) {
    throw asSqliteError(error, file);
  }
}
