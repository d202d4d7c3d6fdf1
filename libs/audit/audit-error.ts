/**
 * Why the audit refused. The codes are stable.
 * - `too-large`: an entry longer than `MAX_ENTRY_BYTES`;
 * - `out-of-range`: a size, index, level or width that is not a whole number within its bounds;
 * - `malformed`: a text, or bytes, not allowed by the format;
 * - `incomplete`: the hashes or tiles from a reader are too few, too many or too short;
 * - `unknown-algorithm`: a key that is not an Ed25519 key;
 * - `key-mismatch`: a key whose id does not match its name and bytes;
 * - `ambiguous-key`: two of the known keys have the same name and id;
 * - `invalid-signature`: a known key did not sign this text;
 * - `unverified`: no known key signed the note;
 * - `wrong-origin`: a checkpoint, or a receipt, of another log;
 * - `not-covered`: a receipt whose answer rests on more events than its checkpoint covers.
 */
export type AuditErrorCode =
  | 'too-large'
  | 'out-of-range'
  | 'malformed'
  | 'incomplete'
  | 'unknown-algorithm'
  | 'key-mismatch'
  | 'ambiguous-key'
  | 'invalid-signature'
  | 'unverified'
  | 'wrong-origin'
  | 'not-covered';

/** The only error that this lib throws itself; an error of a reader passes through. */
export class AuditError extends Error {
  override readonly name = 'AuditError';

  constructor(
    readonly code: AuditErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

export const malformed = (message: string): AuditError => new AuditError('malformed', message);

export const outOfRange = (message: string): AuditError => new AuditError('out-of-range', message);

export const incomplete = (message: string): AuditError => new AuditError('incomplete', message);
