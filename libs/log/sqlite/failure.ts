import type { Runtime } from '#runtime';
import { LogError } from '../errors.js';

/** By its shape: the addon makes its errors with the class of whoever loaded it first in the process. */
function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** What SQLite said, as the log's own error, the original kept as `cause`. */
export function asLogError(error: unknown, file: string): LogError {
  if (error instanceof LogError) return error;
  const said = messageOf(error);
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') {
    return new LogError('not-a-log', `${file} is not a database`, { cause: error });
  }
  if (error instanceof SyntaxError || /^SQLITE_(CORRUPT|CONSTRAINT|MISMATCH|SCHEMA|ERROR)/.test(code)) {
    return new LogError('corrupt', `${file} is damaged: ${said}`, { cause: error });
  }
  return new LogError('unavailable', `${file} cannot be used now: ${said}`, { cause: error });
}

/** Milliseconds between two attempts at a lock: random, so that processes do not meet again and again. */
const RETRY_MS = 2;

/**
 * Does the work, and again while another process holds the lock; the thread is free in between. Throws LogError; `unavailable` after
 * `timeout` milliseconds.
 */
export async function retryWhileBusy<T>(
  work: () => T | Promise<T>,
  { runtime, timeout, file }: { readonly runtime: Runtime; readonly timeout: number; readonly file: string },
): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return work();
    } catch (error) {
      deadline ??= runtime.elapsed() + timeout;
      if (!isBusy(error) || runtime.elapsed() >= deadline) throw asLogError(error, file);
    }
    await runtime.sleep(runtime.random() * RETRY_MS);
  }
}
