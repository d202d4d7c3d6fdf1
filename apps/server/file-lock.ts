import { closeSync, linkSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

/** How old a lock must be to be that of a process that died: work under it takes far less. It is waited for longer than that. */
const DEAD_MS = 10_000;
const PATIENCE_MS = 12_000;
const PAUSE_MS = 5;

/** Another process has held the lock for too long. The message is one line, for the terminal. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

/**
 * Does some short work on a file while no other process does so: whoever creates `<file>.lock` has it. The lock of a process
 * that died is taken away after ten seconds. It stops the process while it waits. Throws LockedError after `patience`
 * milliseconds.
 */
export function whileLocked<T>(file: string, work: () => T, patience = PATIENCE_MS): T {
  const lock = `${file}.lock`;
  const deadline = performance.now() + patience;
  while (!taken(lock)) {
    freeOfTheDead(lock);
    if (performance.now() > deadline) {
      throw new LockedError(`another process works on ${file}; if none does, delete ${lock}`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string): boolean {
  try {
    const descriptor = openSync(lock, 'wx', 0o600);
    writeSync(descriptor, `${process.pid}\n`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Two may do so at once, and one of them has taken it anew meanwhile: what was taken away by mistake is put back. */
function freeOfTheDead(lock: string): void {
  const seen = statSync(lock, { throwIfNoEntry: false });
  if (seen === undefined || Date.now() - seen.mtimeMs < DEAD_MS) return;
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    const moved = statSync(aside);
    if (moved.ino !== seen.ino || moved.mtimeMs !== seen.mtimeMs) linkSync(aside, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
