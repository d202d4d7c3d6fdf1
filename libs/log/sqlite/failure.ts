import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Runtime } from '#runtime';
import { LogError, type UnavailableReason } from '../errors.js';
import { diskReasonOf } from '../reason.js';

/** The code of an error, by the error's shape: the addon makes its errors with the class of the module that loaded it first in the process. */
function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

/** SQLite's codes for a file that it cannot read because it cannot write the file or its folder. */
export const isUnwritable = (error: unknown): boolean => /^SQLITE_(CANTOPEN|READONLY)/.test(codeOf(error));

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** An error of SQLite as the log's own error, with the original as `cause`. */
export function asSqliteError(error: unknown, file: string): LogError {
  if (error instanceof LogError) return error;
  const said = messageOf(error);
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') {
    return new LogError('not-a-log', `${file} is not a database`, { cause: error });
  }
  if (error instanceof SyntaxError || /^SQLITE_(CORRUPT|CONSTRAINT|MISMATCH|SCHEMA|ERROR)/.test(code)) {
    return new LogError('corrupt', `${file} is damaged: ${said}`, { cause: error });
  }
  const reason = unavailableReason(code, file);
  const why = diskReasonOf({ reason, cause: error });
  return new LogError(
    'unavailable',
    `${file} cannot be used now: ${why === undefined ? said : `${why} (${said})`}`,
    {
      reason,
      cause: error,
    },
  );
}

/** With fewer free bytes than this, an I/O error counts as a full disk: SQLite reports some writes on a full disk so. */
const FULL_BYTES = 1024 * 1024;

/** https://sqlite.org/rescode.html */
function unavailableReason(code: string, file: string): UnavailableReason | undefined {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'locked';
  if (code === 'SQLITE_FULL') return 'disk-full';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (code.startsWith('SQLITE_IOERR')) return bytesFree(file) < FULL_BYTES ? 'disk-full' : 'io-error';
  return undefined;
}

function bytesFree(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

/** Milliseconds between two attempts at a lock: random, so that two processes do not collide again and again. */
const RETRY_MS = 2;

/**
 * Does the work, and repeats it while another process holds the lock; the thread is free in between. Throws LogError; `unavailable` after
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
      if (!isBusy(error) || runtime.elapsed() >= deadline) throw asSqliteError(error, file);
    }
    await runtime.sleep(runtime.random() * RETRY_MS);
  }
}
