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
export function diff<N extends string>(
  before: readonly Stated<N>[],
  after: readonly Stated<N>[],
): Change<N>[] {
  const computation = differences(before, after);
  let next = computation.next();
  while (next.done !== true) next = computation.next();
  return next.value;
}

/** The number of values that are compared between two yields. */
const AT_A_TIME = 500;

/** The same as `diff`. It yields from time to time, so that a long comparison can be interrupted there. */
export function* differences<N extends string>(
  before: readonly Stated<N>[],
  after: readonly Stated<N>[],
): Generator<void, Change<N>[], void> {
  const earlier = new Map<string, Stated<N>>();
  for (const [index, stated] of before.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) yield;
    earlier.set(keyOf(stated), stated);
  }
  const changes: { readonly key: string; readonly change: Change<N> }[] = [];
  for (const [index, now] of after.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) yield;
    const key = keyOf(now);
    const then = earlier.get(key);
    earlier.delete(key);
    if (then && isSameJson(then.value, now.value)) continue;
    const values = { ...(then && { before: then.value }), after: now.value };
    changes.push({ key, change: { ...named(now), ...values, because: now.because } });
  }
  for (const [key, gone] of earlier)
    changes.push({ key, change: { ...named(gone), before: gone.value, because: gone.because } });
  yield;
  return changes.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ change }) => change);
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
