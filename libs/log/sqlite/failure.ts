import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { isBusy, isDamaged, sqliteCode } from '#sqlite';
import { LogError, type UnavailableReason } from '../errors.js';
import { diskReasonOf } from '../reason.js';

function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

/** An error of SQLite as the log's own error, with the original as `cause`. */
export function asSqliteError(error: unknown, file: string): LogError {
  if (error instanceof LogError) return error;
  const said = messageOf(error);
  const code = sqliteCode(error);
  if (code === 'SQLITE_NOTADB') {
    return new LogError('not-a-log', `${file} is not a database`, { cause: error });
  }
  // A log checks every value before it writes the value: where SQLite refuses one, the file is not what it should be.
  if (error instanceof SyntaxError || isDamaged(error) || /^SQLITE_(CONSTRAINT|MISMATCH|SCHEMA)/.test(code)) {
    return new LogError('corrupt', `${file} is damaged: ${said}`, { cause: error });
  }
  const reason = isBusy(error) ? 'locked' : unavailableReason(code, file);
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
