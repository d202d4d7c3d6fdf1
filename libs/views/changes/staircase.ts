import type { Instant } from '#time';
import type { EventId } from '#timeline';
import type { Question } from '../question.js';

/**
 * The staircase: the order of all changes of state, from the log alone.
 *
 * A *point* (n, t) names a state: the state of the log up to the event n, as of t, without a cut on the reported axis. A subscriber goes up a
 * staircase of points: an event moves n, the clock moves t. A **change** is a difference that `diff` finds between two neighbouring points.
 *
 * The place of event n is t = recordedAt(n). A bound b, an instant at which some effect may begin or end, goes before event n iff b ≤ recordedAt(n).
 * So the bound is a step from (n − 1, b − 1) to (n − 1, b), and the event is a step from (n − 1, t) to (n, t).
 *
 * A subscriber may also begin beside the staircase, at any point. Where t is later than recordedAt(n + 1), event n + 1 is a step at t.
 */
export interface Point {
  /** A sequence; 0 before the first event. */
  readonly sequence: number;
  readonly at: Instant;
}

/** The clock moves, from the millisecond before `at`. */
export interface ClockStep extends Point {
  readonly kind: 'clock';
}

/** The event of `sequence` is added. */
export interface EventStep extends Point {
  readonly kind: 'event';
  readonly by: EventId;
  /** When the event was public: the latest instant of its report. */
  readonly reported: Instant;
  /** Whether the event was recorded before `at`. Then the step is beside the staircase. */
  readonly isLate: boolean;
}

export type ChangeStep = ClockStep | EventStep;

/** The members of an event that a walk needs. */
export interface EventFacts {
  readonly sequence: number;
  readonly id: string;
  readonly recordedAt: Instant;
  readonly reported: Instant;
  readonly leaf: string;
}

/** Two states to compare, and the cause of the step between them. */
export interface Comparison {
  readonly before: Question;
  readonly after: Question;
  readonly at: Instant;
  /** An event that was recorded, or became public; or the clock. */
  readonly cause: 'event' | 'clock';
  readonly by?: EventId;
  /** When the event was public. */
  readonly reported?: Instant;
}

export function comparisonOf(step: ChangeStep): Comparison {
  const { kind: cause, at, sequence } = step;
  const after = { asOf: at, recordedAt: sequence };
  if (step.kind === 'clock') return { before: { ...after, asOf: at - 1 }, after, at, cause };
  const { by, reported } = step;
  return { before: { ...after, recordedAt: sequence - 1 }, after, at, cause, by, reported };
}

/** The step of an event, at the instant of its recording or later. */
export function eventStep({ sequence, id, reported, recordedAt }: EventFacts, at: Instant): ChangeStep {
  return { kind: 'event', sequence, at, by: id, reported, isLate: at > recordedAt };
}
