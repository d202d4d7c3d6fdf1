import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { LogError } from '../errors.js';

function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

export const isTaken = (error: unknown): boolean =>
  /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(codeOf(error));

/** What SQLite said, as the log's own error, the original kept as `cause`. */
export function asLogError(error: unknown, file: string): LogError {
  if (error instanceof LogError) return error;
  const said = error instanceof Error ? error.message : String(error);
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
