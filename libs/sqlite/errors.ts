import type { Runtime } from '#runtime';

/**
 * SQLite's code of an error (https://sqlite.org/rescode.html); '' for an error that has none. By the shape of the error, never by its class: the
 * addon makes its errors with the class of the module that loaded it first in the process.
 */
export function sqliteCode(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** Another process, or another connection, has the lock. */
export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));

/** SQLite cannot read a file because it cannot write the file or its folder. */
export const isUnwritable = (error: unknown): boolean =>
  /^SQLITE_(CANTOPEN|READONLY)/.test(sqliteCode(error));

/** The file is no database, its pages are damaged, or it lacks what our SQL names: an `SQLITE_ERROR` where the SQL is right. */
export const isDamaged = (error: unknown): boolean =>
  /^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(sqliteCode(error));

/** Milliseconds between two attempts at a lock: random, so that two processes do not collide again and again. */
const RETRY_MS = 2;

export interface Retrying {
  readonly runtime: Runtime;
  /** Milliseconds after the first failure. */
  readonly timeout: number;
  /** The error to throw for the error of the last attempt; the same where absent. */
  readonly asError?: (error: unknown) => Error;
}

/** Does the work, and repeats it while another process holds the lock; the thread is free in between. */
export async function retryWhileBusy<T>(
  work: () => T | Promise<T>,
  { runtime, timeout, asError }: Retrying,
): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return work();
    } catch (error) {
      deadline ??= runtime.elapsed() + timeout;
      if (!isBusy(error) || runtime.elapsed() >= deadline) throw asError?.(error) ?? error;
    }
    await runtime.sleep(runtime.random() * RETRY_MS);
  }
}
