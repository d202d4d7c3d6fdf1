import type { Pieces, Turnstile } from '#runtime';
import { VIEWS, type Question, type View, type ViewName, type Views } from '#views';
import type { ReadCut } from './cuts.js';

/** Milliseconds that a read waits for `atLeast`, at most. */
export const AT_LEAST_MS = 5_000;

/** Waits until the views have what the cuts need; until the signal is aborted, where there is one. Throws ViewsError `behind`. */
export async function untilStanding(
  views: Views,
  cuts: readonly ReadCut[],
  signal?: AbortSignal,
): Promise<void> {
  const sequence = Math.max(0, ...cuts.flatMap(({ atLeast = 0, recordedAt = 0 }) => [atLeast, recordedAt]));
  await views.need(sequence, { timeout: AT_LEAST_MS, signal });
}

export interface WorkedOut<T> {
  readonly result: T;
  /** The sequence of the views when it was worked out. */
  readonly sequence: number;
}

/**
 * Works out an answer in turns with other work. Where the views take in events meanwhile, or are replaced by rebuilt ones, it is worked out
 * once more, as of the sequence that they have then: later events do not count. Rejects with the reason of the signal where that is aborted,
 * and as `views.state` throws.
 */
export async function workOut<T>(
  views: Views,
  turns: Turnstile,
  cuts: readonly ReadCut[],
  signal: AbortSignal | undefined,
  answer: (...questions: Question[]) => Pieces<T>,
): Promise<WorkedOut<T>> {
  for (let pin: number | undefined; ;) {
    const worked = await turns.finish(atOnePoint(views, cuts, pin, answer), { lane: 'answers', signal });
    if ('result' in worked) return worked;
    pin = worked.sequence;
  }
}

/** The answer; or, where the views have changed before it was ready, the sequence that they have now. */
function* atOnePoint<T>(
  views: Views,
  cuts: readonly ReadCut[],
  pin: number | undefined,
  answer: (...questions: Question[]) => Pieces<T>,
): Pieces<WorkedOut<T> | { readonly sequence: number }> {
  const { state, sequence } = views;
  const questions = cuts.map((cut) => ({
    ...(pin !== undefined && { recordedAt: pin }),
    ...questionOf(cut),
  }));
  const isPinned = questions.every(({ recordedAt }) => recordedAt !== undefined);
  const pieces = answer(...questions);
  for (;;) {
    // What is read until the next yield is of the sequence that the views are asked for here.
    const now = views.sequence;
    if (views.state !== state || (now !== sequence && !isPinned)) return { sequence: now };
    const next = pieces.next();
    if (next.done === true) return { result: next.value, sequence: pin ?? sequence };
    yield;
  }
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

/** The names of the views. */
export const VIEW_NAMES: readonly ViewName[] = VIEWS.map(({ name }) => name);

/** The view of that name. */
export const viewOf = (name: ViewName): View => VIEWS_BY_NAME.get(name)!;

const VIEWS_BY_NAME = new Map(VIEWS.map((view) => [view.name, view]));
