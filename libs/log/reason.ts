import type { UnavailableReason } from './errors.js';

const TEXTS: Readonly<Record<UnavailableReason, string>> = {
  'disk-full': 'the disk is full',
  'io-error': 'the disk fails',
  locked: 'locked by another process',
  'read-only': 'it cannot be written',
  closed: 'it is closed',
};

/**
 * The meaning of a code of SQLite or of the system, for a person. A code is compared by its beginning, because SQLite's extended codes are
 * longer.
 */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, TEXTS['disk-full']],
  [/^SQLITE_(BUSY|LOCKED)/, TEXTS.locked],
  [/^(SQLITE_IOERR|EIO)/, TEXTS['io-error']],
  [/^(SQLITE_READONLY|EROFS|EACCES|EPERM)/, TEXTS['read-only']],
  [/^(SQLITE_CANTOPEN|EMFILE|ENFILE)/, 'the file cannot be opened'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'the file is damaged'],
];

/**
 * Why a file or a disk refuses, for a person: “the disk is full”. Undefined for any other error. Reads the error and its causes. The
 * `reason` of a LogError comes first; SQLite's errors are recognised by their code alone (libs/sqlite/errors.ts).
 */
export function diskReasonOf(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; isObject(at) && depth < 8; depth += 1) {
    const { code, reason, cause } = at as { readonly [member in 'code' | 'reason' | 'cause']?: unknown };
    if (typeof reason === 'string' && Object.hasOwn(TEXTS, reason)) return TEXTS[reason as UnavailableReason];
    const known = typeof code === 'string' && MEANINGS.find(([codes]) => codes.test(code));
    if (known) return known[1];
    at = cause;
  }
  return undefined;
}

/** Not by `instanceof`: an error may be of another realm, or of a class of its own. */
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The reason of a failure, in a line for a person. */
export function reasonOf(error: unknown): string {
  const known = diskReasonOf(error);
  if (known !== undefined) return known;
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message.split('\n')[0]! : String(error);
}
