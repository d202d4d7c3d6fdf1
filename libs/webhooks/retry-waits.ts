const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The waits after the first, the second… failure of a message, in milliseconds: 48 hours in all. */
export const WAITS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
  12 * HOUR,
  12 * HOUR,
];

/**
 * The greatest relative difference of a wait from the list, so that a receiver does not get all messages at the same time after it has
 * recovered.
 */
const JITTER = 0.2;

/** The longest that `Retry-After` can make a wait. */
const LONGEST_ASKED = 12 * HOUR;

/** The longest wait. If a due time is later than this, a wrong clock wrote it. */
export const LONGEST_WAIT = 12 * HOUR * (1 + JITTER);

/**
 * Milliseconds until a message is sent again that has failed `failures` times (from 1); undefined: it is given up. `chance`: at least 0, less than
 * 1. `asked`: milliseconds that the receiver asks to wait; they can lengthen a wait, never shorten it.
 */
export function waitAfter(failures: number, chance: number, asked = 0): number | undefined {
  const wait = WAITS[failures - 1];
  if (wait === undefined) return undefined;
  return Math.max(Math.round(wait * (1 + JITTER * (2 * chance - 1))), Math.min(asked, LONGEST_ASKED));
}

/** Milliseconds in a `Retry-After` (RFC 9110 §10.2.3): seconds, or a date; undefined where it is neither. */
export function retryAfterIn(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const at = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(header.trim())
    ? Date.parse(header)
    : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
