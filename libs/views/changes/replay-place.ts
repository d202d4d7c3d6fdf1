import type { Instant } from '#time';
import { MEANING } from './change-id.js';

/**
 * The axis along which history is replayed:
 * - `valid`: the past as known in the end; a development at the earliest instant of `occurred`;
 * - `reported`: as the public learned it; a development at the latest instant of its report;
 * - `recorded`: as this log recorded it; the changes as its subscribers got them.
 */
export const REPLAY_AXES = ['valid', 'reported', 'recorded'] as const;

export type ReplayAxis = (typeof REPLAY_AXES)[number];

/** The kinds of messages at one instant, in their order. On the recorded axis each event is its own kind, `e<sequence>`. */
const KINDS = { valid: ['d', 'b'], reported: ['b', 'd', 'r'], recorded: ['b'] } as const;

/** A place in a replay: everything up to this place has been sent. */
export interface ReplayPlace {
  readonly axis: ReplayAxis;
  /** The last sequence of the log that the replay takes into account. */
  readonly through: number;
  readonly at: Instant;
  /** `d`: developments; `b`: changes by the clock; `r`: changes by the reports of the instant; `e<sequence>`; `end`: the replay is over. */
  readonly kind: string;
  /** The number of the message, from 0, among the messages of the same kind at the same instant. */
  readonly ordinal: number;
  /** The first digits of the leaf hash of the event `through`. */
  readonly leaf: string;
  readonly isOfOtherMeaning?: boolean;
}

export function replayId({ axis, through, at, kind, ordinal, leaf }: ReplayPlace): string {
  return `${MEANING}.${axis}.${through}.${at}.${kind}.${ordinal}-${leaf}`;
}

/** The place that an id names; undefined where the text is not an id of a replay. */
export function parseReplayId(text: string): ReplayPlace | undefined {
  const found =
    /^(\d{1,6})\.(valid|reported|recorded)\.(\d{1,15})\.(-?\d{1,15})\.(end|[bdr]|e\d{1,15})\.(\d{1,9})-([0-9a-f]{8})$/.exec(
      text,
    );
  if (!found) return undefined;
  const [, meaning, axis, through, at, kind = '', ordinal, leaf = ''] = found;
  return {
    axis: axis as ReplayAxis,
    through: Number(through),
    at: Number(at),
    kind,
    ordinal: Number(ordinal),
    leaf,
    ...(Number(meaning) !== MEANING && { isOfOtherMeaning: true }),
  };
}

/** Whether one place of a replay comes after another. */
export function isAfter(one: Omit<ReplayPlace, 'leaf'>, other: Omit<ReplayPlace, 'leaf'>): boolean {
  return (one.at - other.at || rankOf(one) - rankOf(other) || one.ordinal - other.ordinal) > 0;
}

function rankOf({ axis, kind }: Pick<ReplayPlace, 'axis' | 'kind'>): number {
  if (kind === 'end') return Infinity;
  if (kind.startsWith('e')) return Number(kind.slice(1));
  return (KINDS[axis] as readonly string[]).indexOf(kind);
}
