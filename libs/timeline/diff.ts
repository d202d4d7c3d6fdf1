import { isSameJson } from '#json';
import type { Because } from './effect.js';

/** One value of a state, with the names that identify it. */
export interface Stated<N extends string = string> {
  readonly view: N;
  readonly subject: string;
  readonly aspect: string;
  readonly value: unknown;
  readonly because: readonly string[];
}

/** A value that differs between two states. `N`: the names of the views. */
export interface Change<N extends string = string> {
  readonly view: N;
  /** The id of the item. */
  readonly subject: string;
  /** The name of the changed value, such as `status`. */
  readonly aspect: string;
  /** The earlier value; missing where the item did not exist. */
  readonly before?: unknown;
  /** The later value; missing where the later state does not have the item. */
  readonly after?: unknown;
  /** The ids of the events behind the later value. Where there is no later value: behind the earlier value. */
  readonly because: Because;
}

/**
 * The differences between two states, in the order of view, subject, aspect. Values are compared as JSON (equal members in another order
 * are equal). An equal value that rests on other events has not changed.
 */
export function diff<N extends string>(before: Iterable<Stated<N>>, after: Iterable<Stated<N>>): Change<N>[] {
  const earlier = new Map([...before].map((stated) => [keyOf(stated), stated]));
  const changes: Change<N>[] = [];
  for (const now of after) {
    const key = keyOf(now);
    const then = earlier.get(key);
    earlier.delete(key);
    if (then && isSameJson(then.value, now.value)) continue;
    changes.push({
      ...named(now),
      ...(then && { before: then.value }),
      after: now.value,
      because: now.because,
    });
  }
  for (const gone of earlier.values())
    changes.push({ ...named(gone), before: gone.value, because: gone.because });
  return changes.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function named<N extends string>({
  view,
  subject,
  aspect,
}: Stated<N>): Pick<Change<N>, 'view' | 'subject' | 'aspect'> {
  return { view, subject, aspect };
}

function keyOf({ view, subject, aspect }: Pick<Change, 'view' | 'subject' | 'aspect'>): string {
  return JSON.stringify([view, subject, aspect]);
}
