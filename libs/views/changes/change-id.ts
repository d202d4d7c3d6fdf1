import { EARLIEST } from '#time';
import type { Point, ChangeStep } from './staircase.js';

/** The version of the meaning of the views. Raise the version when a view changes its meaning: earlier ids are then answered with a reset. */
export const MEANING = 1;

/**
 * The id of a change, or of a point of the staircase, as text: `1.428.1764547200000.2-3f9a1c0d`.
 * @pattern ^\d{1,6}\.\d{1,15}\.-?\d{1,15}(\.e?\d{1,9})?-[0-9a-f]{8}$
 */
export type ChangeIdText = string;

/** A place in the sequence of changes. */
export interface ChangePlace extends Point {
  /** The last change of the step that has been sent, counted from 0; absent where the whole step has been sent. */
  readonly ordinal?: number;
  /** Whether the step was an event beside the staircase. */
  readonly isLate?: boolean;
  /** The first 8 hex digits of the leaf hash of the event; absent: every log that is long enough has the place. */
  readonly leaf?: string;
  /** Whether the id is of a version with another meaning of the views. */
  readonly isOfOtherMeaning?: boolean;
}

/** The place before all changes. */
export const START_OF_CHANGES: ChangePlace = { sequence: 0, at: EARLIEST };

/** The leaf digits for the sequence 0, before the first event. */
export const NO_LEAF = '00000000';

/**
 * The id of a change: the version of the meaning, the sequence, the instant in milliseconds, the ordinal in the step, the leaf digits of the event.
 * The digits distinguish logs. An `e` before the ordinal marks an event beside the staircase. An id without an ordinal names a point.
 */
export function changeId(step: ChangeStep, ordinal: number, leaf: string): ChangeIdText {
  const mark = step.kind === 'event' && step.isLate ? 'e' : '';
  return `${MEANING}.${step.sequence}.${step.at}.${mark}${ordinal}-${leaf}`;
}

/** The id of a point. */
export function pointId({ sequence, at }: Point, leaf: string): ChangeIdText {
  return `${MEANING}.${sequence}.${at}-${leaf}`;
}

/** The place that an id names; undefined where the text is not an id. */
export function parseChangeId(text: string): ChangePlace | undefined {
  const found = /^(\d{1,6})\.(\d{1,15})\.(-?\d{1,15})(?:\.(e?)(\d{1,9}))?-([0-9a-f]{8})$/.exec(text);
  if (!found) return undefined;
  const [, meaning, sequence, at, mark, ordinal, leaf] = found;
  return {
    sequence: Number(sequence),
    at: Number(at),
    ...(ordinal !== undefined && { ordinal: Number(ordinal) }),
    ...(mark === 'e' && { isLate: true }),
    ...(leaf !== undefined && { leaf }),
    ...(Number(meaning) !== MEANING && { isOfOtherMeaning: true }),
  };
}
