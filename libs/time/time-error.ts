/** Why a text is refused; stable. */
export type TimeErrorCode =
  | 'malformed'
  | 'no-such-date'
  | 'no-such-time'
  | 'skipped-time'
  | 'missing-offset'
  | 'out-of-range'
  | 'unknown-zone'
  | 'end-before-start'
  | 'unsupported';

/** A time that cannot be read. The message says what was wrong and, where there is one, what to write instead. */
export class TimeError extends Error {
  override readonly name = 'TimeError';

  constructor(
    readonly code: TimeErrorCode,
    /** The offending text, as sent. */
    readonly text: string,
    message: string,
  ) {
    super(message);
  }
}
