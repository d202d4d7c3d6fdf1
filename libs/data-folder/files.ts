import { closeSync, fsyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** Another process has held the lock for too long. The message is one line, for the terminal. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/** Retries for about twelve seconds: longer than a dead process keeps its lock. */
const RETRIES = { retries: 130, factor: 1.2, minTimeout: 5, maxTimeout: 100, randomize: true };
/** Milliseconds after which the lock of a dead process does not count. A living process renews its lock. */
const STALE_MS = 10_000;

/**
 * Does some work on a file while no other process does so. The lock is the folder `<file>.lock`; the file itself need not exist. The
 * lock of a dead process ends after ten seconds. Rejects with LockedError where the lock was not free in time.
 *
 * It is not SQLite's lock (`lockAlone`): several machines may share the folder of the keys (`BORDERLINE_KEY_FOLDER`). Any file system makes a folder
 * once, but a network may lack the locks that SQLite uses. SQLite's lock also needs a file that stays, because removing it would break the lock.
 */
export async function whileLocked<T>(
  file: string,
  work: () => T | Promise<T>,
  retries: typeof RETRIES = RETRIES,
): Promise<T> {
  // Loaded here, because few processes and no thread of a server take a lock.
  const { lock } = await import('proper-lockfile');
  const unlock = await lock(file, { realpath: false, stale: STALE_MS, retries }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    throw new LockedError(
      `another process changes ${file} now: try again; if there is no such process, delete ${file}.lock`,
      {
        cause: error,
      },
    );
  });
  try {
    return await work();
  } finally {
    await unlock();
  }
}

/** Writes a file that only its owner may read: under another name, then renamed. A reader sees the old or the new file, on disk. */
export function replaceFile(file: string, content: string): void {
  const beside = `${file}.${process.pid}.new`;
  const descriptor = openSync(beside, 'w', 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, file);
}

/** Changes with every `replaceFile`; '' where there is no file. */
export function fileVersion(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat === undefined ? '' : `${stat.ino}-${stat.mtimeNs}-${stat.size}`;
}
