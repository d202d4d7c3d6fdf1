import { isSameJson } from '#json';
import type { Interruptible } from '#runtime';
import type { Instant } from '#time';
import { segments, type EventId } from '#timeline';
import type { SubjectReader } from './subject.js';
import { saysTheSame, type TimelinePiece, type View } from './view.js';

/** An interval [from, to) of valid time. */
export interface Interval {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** The timeline of a subject over an interval, in order: unbroken runs of one value, with all their events. */
export function* timelineOf(
  view: View,
  subject: SubjectReader,
  interval: Interval,
): Interruptible<TimelinePiece[]> {
  const steps = subject.grounded(view.timeline(subject));
  const runs: JoinedPieces[] = [];
  for (const { from, to, value } of yield* segments(steps, isSameJson, interval)) {
    yield;
    const piece = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...value };
    const last = runs.at(-1);
    if (!last || !saysTheSame(last.first, value)) {
      runs.push({ first: piece, to });
      continue;
    }
    last.to = to;
    last.events ??= new Set(last.first.because);
    for (const event of value.because) last.events.add(event);
  }
  return runs.map(joined);
}

/** Pieces that follow each other and say the same. */
interface JoinedPieces {
  readonly first: TimelinePiece;
  /** The end of the last piece. */
  to: Instant | undefined;
  /** The events of all pieces, where there are several. */
  events?: Set<EventId>;
}

/** One piece of all of them. */
function joined({ first, to, events }: JoinedPieces): TimelinePiece {
  if (events === undefined) return first;
  const { to: _, ...start } = first;
  return { ...start, ...(to !== undefined && { to }), because: [...events] };
}
