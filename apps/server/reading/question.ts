import type { Interruptible, Turnstile } from '#runtime';
import { VIEWS, type Question, type View, type ViewName, type Views } from '#views';
import type { ReadCut } from './cuts.js';

/** Milliseconds that a read waits for `atLeast`, at most. */
export const AT_LEAST_MS = 5_000;

/** Waits until the views have the sequences of the cuts, or until the signal is aborted. Throws ViewsError `behind`. */
export async function untilViewsReach(
  views: Views,
  cuts: readonly ReadCut[],
  signal?: AbortSignal,
): Promise<void> {
  let sequence = 0;
  for (const { atLeast = 0, recordedAt = 0 } of cuts) sequence = Math.max(sequence, atLeast, recordedAt);
  if (sequence > 0) await views.need(sequence, { timeout: AT_LEAST_MS, signal });
}

export interface Computed<T> {
  readonly result: T;
  /** The sequence of the views when it was computed. */
  readonly sequence: number;
}

/**
 * Computes an answer in turns with other work. If the views apply events meanwhile, or are replaced by rebuilt views, it is computed once
 * more, at the sequence of that moment: later events do not count. `beginsNow`: as in `Turnstile.finish`. Rejects with the reason of the signal after an
 * abort, and as `views.state` throws.
 */
export async function computeInTurns<T>(
  views: Views,
  turns: Turnstile,
  cuts: readonly ReadCut[],
  { signal, beginsNow = false }: { readonly signal: AbortSignal | undefined; readonly beginsNow?: boolean },
  answer: (...questions: Question[]) => Interruptible<T>,
): Promise<Computed<T>> {
  const how = { lane: 'answers', signal, beginsNow } as const;
  for (let pin: number | undefined; ;) {
    const computed = await turns.finish(atOnePoint(views, cuts, pin, answer), how);
    if ('result' in computed) return computed;
    pin = computed.sequence;
  }
}

/** The answer; or, if the views changed before it was ready, their present sequence. */
function* atOnePoint<T>(
  views: Views,
  cuts: readonly ReadCut[],
  pin: number | undefined,
  answer: (...questions: Question[]) => Interruptible<T>,
): Interruptible<Computed<T> | { readonly sequence: number }> {
  const { state, sequence } = views;
  const questions = cuts.map((cut) => ({
    ...(pin !== undefined && { recordedAt: pin }),
    ...questionOf(cut),
  }));
  const isPinned = questions.every(({ recordedAt }) => recordedAt !== undefined);
  const computation = answer(...questions);
  for (;;) {
    // All reads until the next yield are of the sequence that is read here.
    const now = views.sequence;
    if (views.state !== state || (now !== sequence && !isPinned)) return { sequence: now };
    const next = computation.next();
    if (next.done === true) return { result: next.value, sequence: pin ?? sequence };
    yield next.value;
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
