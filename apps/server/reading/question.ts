import { viewNamed, VIEWS, type Question, type View, type Views } from '#views';
import type { ReadCut } from './cuts.js';
import { chosen } from './query.js';

/** Milliseconds that a read waits for `atLeast`, at most. */
export const AT_LEAST_MS = 5_000;

/** Waits until the views have what the cuts need. Throws ViewsError `behind`. */
export async function untilStanding(views: Views, ...cuts: readonly ReadCut[]): Promise<void> {
  const sequence = Math.max(0, ...cuts.flatMap(({ atLeast = 0, recordedAt = 0 }) => [atLeast, recordedAt]));
  await views.need(sequence, { timeout: AT_LEAST_MS });
}

export function questionOf({ asOf, knownAt, recordedAt, accordingTo, minReliability }: ReadCut): Question {
  return {
    asOf,
    ...(knownAt !== undefined && { knownAt }),
    ...(recordedAt !== undefined && { recordedAt }),
    ...(accordingTo !== undefined && { accordingTo }),
    ...(minReliability !== undefined && { minReliability }),
  };
}

/** The view that the parameter `view` names. Throws Problem `invalid-parameter`. */
export function viewOf(name: string): View {
  return viewNamed(chosen('view', name, VIEW_NAMES))!;
}

const VIEW_NAMES = VIEWS.map(({ name }) => name);
