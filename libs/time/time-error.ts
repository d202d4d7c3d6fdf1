/**
 * Why a text is refused; stable.
 * - `malformed`: not written as a time;
 * - `no-such-date`, `no-such-time`: 30 February, 25:00;
 * - `skipped`: a local time or day that the clocks of the zone leapt over;
 * - `missing-offset`: an instant is wanted, and the text does not say of which zone its clock is;
 * - `out-of-range`: before year 1 or past 9999;
 * - `end-before-start`: an interval the wrong way round;
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

/** A time that cannot be read. The message says what is wrong and, where it can, what to write instead. */
export class TimeError extends Error {
  override readonly name = 'TimeError';

  constructor(
    readonly code: TimeErrorCode,
    /** What was refused: the text, or the part of it that is wrong. */
    readonly text: string,
    message: string,
  ) {
    super(message);
  }
}

/** The text in quotation marks, cut short where it is long. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
