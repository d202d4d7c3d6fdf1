import { EARLIEST, type Instant } from '#time';
import { tagOf, type Answer } from '../reading/answer.js';

/** Something may still be recorded in the second of a change; only afterwards can that second tell two states apart (RFC 9110 §8.8.2). */
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
