import { parseInstant, type Range } from '#time';
import type { AspectRule } from '#timeline';
import type { Development, EventType, ReportedTime, StatedEffect, Subject } from './development.js';

/**
 * Declares an event type. The registry loses the type of each data class. This is safe: `accept` admits only data that the class of
 * the type has checked, and `upcast` brings older data to its form, so `subject` and `effects` always get a `D`.
 */
export const eventType = <D extends object>(definition: EventType<D>): EventType =>
  definition as unknown as EventType;

/** The name of a subject's stream, and of the subject in effects: `crossing-lt-by.medininkai`. */
export const streamOf = (subject: Subject): string => `${subject.category}-${subject.id}`;

/** The subject with a name that `streamOf` gives. */
export function subjectNamed(name: string): Subject {
  const dash = name.indexOf('-');
  return { category: name.slice(0, dash), id: name.slice(dash + 1) };
}

/** The range of a stored time, in milliseconds. */
export const rangeOf = (time: ReportedTime): Range => {
  const earliest = parseInstant(time.earliest);
  return { earliest, latest: time.latest === time.earliest ? earliest : parseInstant(time.latest) };
};

/** The object without undefined members, as in JSON. */
export const defined = <V extends object>(value: V): V => {
  const kept: Partial<V> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept as V;
};

type About = Pick<Development, 'occurred' | 'until'>;

/** The type of objects that are built member by member, which is much quicker here than to spread optional members. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An effect that holds as long as the development says; `then` follows where the development has it. */
export const holds = (
  { occurred, until }: About,
  subject: string,
  aspect: string,
  rule: Exclude<AspectRule, 'ledger'>,
  value: object,
  then?: object,
): StatedEffect => {
  const effect: Mutable<StatedEffect> = { subject, aspect, rule, value: defined(value), from: occurred };
  if (until) {
    effect.until = until;
    if (then) effect.then = defined(then);
  }
  return effect;
};

/** An entry of a ledger: it happened, and stays listed. */
export const entry = (development: About, subject: string, aspect: string, value: object): StatedEffect => ({
  subject,
  aspect,
  rule: 'ledger',
  value: defined(value),
  from: development.occurred,
});

/**
 * The time of an announcement of something that holds from `occurred` on. It ends at the earliest start of
 * `occurred`: from then on the thing holds, and is no longer only announced. Undefined where it was not announced before.
 */
export const announcedBefore = (announced: Range, occurred: Range): Range | undefined =>
  announced.earliest < occurred.earliest
    ? { earliest: announced.earliest, latest: Math.min(announced.latest, occurred.earliest - 1) }
    : undefined;
