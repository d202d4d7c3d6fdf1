import { EARLIEST, type Instant } from '#time';
import { tagOf, type Answer } from '../reading/answer.js';

/**
 * `Last-Modified` has whole seconds. It is sent only when the second of the last change is surely over, because another change in this
 * second would have the same value (RFC 9110 §8.8.2).
 */
const SETTLED_MS = 2_000;

/** A feed. `updated`: when something in it changed last. */
export function feedAnswered(body: string, type: string, updated: Instant, now: Instant): Answer {
  const isSettled = updated > EARLIEST && updated + SETTLED_MS < now;
  return {
    body: () => body,
    type,
    fresh: 'no-cache',
    vary: 'authorization',
    tag: tagOf(body),
    ...(isSettled && { headers: { 'last-modified': new Date(updated).toUTCString() } }),
  };
}

/**
 * Text that every reader accepts: no character that XML 1.0 (§2.2) or RFC 5545 (§3.1) forbids, and lines that end with a line feed alone.
 */
export const plainText = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')

    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Cs}/gu, '');
