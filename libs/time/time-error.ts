/**
 * Why a text is refused. The codes are stable.
 * - `malformed`: not written as a time;
 * - `no-such-date`, `no-such-time`: 30 February, 25:00;
 * - `skipped`: a local time or day that the clocks of the zone skipped;
 * - `missing-offset`: an instant is required, and the text gives no offset;
 * - `out-of-range`: before year 1 or past 9999;
 * - `end-before-start`: an interval in reverse order;
 * - `unknown-zone`;
 * - `unsupported`: EDTF, but not the time of one event.
 */
export type TimeErrorCode =
  | 'malformed'
  | 'no-such-date'
  | 'no-such-time'
  | 'skipped'
  | 'missing-offset'
  | 'out-of-range'
  | 'end-before-start'
  | 'unknown-zone'
  | 'unsupported';

/** A time that cannot be read. The message gives the fault and, where possible, a correct form. */
export class TimeError extends Error {
  override readonly name = 'TimeError';

  constructor(
    readonly code: TimeErrorCode,
    /** The refused text, or the wrong part of it. */
    readonly text: string,
    message: string,
  ) {
    super(message);
  }
}

/** The text in quotation marks; a long text is cut. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
