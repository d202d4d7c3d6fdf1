import { Problem } from '../problems/problem.js';

/** Longest wait for `atLeast`, in milliseconds. */
const PATIENCE = 5000;

/** What follows the log: the views, or the search. */
interface Following {
  readonly sequence: number;
  reached(sequence: number, timeout: number): Promise<boolean>;
}

/** Waits until the views have a sequence. Throws Problem `behind`. */
export async function untilReached(views: Following, sequence: number): Promise<void> {
  if (await views.reached(sequence, PATIENCE)) return;
  throw new Problem('behind', `The views are at @${views.sequence}, not yet at @${sequence}.`, {
    retryAfter: 1,
  });
}
