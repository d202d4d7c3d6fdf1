/** What a code of SQLite or of the system means, for a person to read. By its beginning: SQLite's extended codes go on. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'the disk is full'],
  [/^SQLITE_(BUSY|LOCKED)/, 'locked by another process'],
  [/^(SQLITE_IOERR|EIO)/, 'the disk fails'],
  [/^(SQLITE_READONLY|EROFS|EACCES|EPERM)/, 'it cannot be written'],
  [/^(SQLITE_CANTOPEN|EMFILE|ENFILE)/, 'the file cannot be opened'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'the file is damaged'],
];

/**
 * Why a file or a disk refuses, for a person to read: “the disk is full”. Undefined where the error is none of theirs. Looks at
 * the error and at its causes; SQLite's errors are known by their code alone, as the addon makes them with the class of its first user.
 */
export function diskReasonOf(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; isObject(at) && depth < 8; depth += 1) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    const known = typeof code === 'string' && MEANINGS.find(([codes]) => codes.test(code));
    if (known) return known[1];
    at = cause;
  }
  return undefined;
}

/** Not by `instanceof`: an error may be of another realm, or of a class of its own. */
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Why something failed, in a line for a person to read. */
export function reasonOf(error: unknown): string {
  const known = diskReasonOf(error);
  if (known !== undefined) return known;
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message.split('\n')[0]! : String(error);
}
