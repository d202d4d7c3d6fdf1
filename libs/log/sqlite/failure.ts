import { setTimeout as pause } from 'node:timers/promises';
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

export const isTaken = (error: unknown): boolean =>
  /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(codeOf(error));

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

/**
 * Does the work, and again where another process holds the lock, without stopping this one in between.
 * Throws LogError; `unavailable` after `patience` milliseconds.
 */
export async function patiently<T>(work: () => T, patience: number, file: string): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return work();
    } catch (error) {
      deadline ??= performance.now() + patience;
      if (!isBusy(error) || performance.now() >= deadline) throw asLogError(error, file);
    }
    await pause(Math.random() * 2);
  }
}
