import { isSameJson } from '#json';
import type { Interruptible } from '#runtime';
import type { Instant } from '#time';
import { segments } from '#timeline';
import { union } from './finding.js';
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
  const steps = view.timeline(subject);
  const joined: TimelinePiece[] = [];
  for (const { from, to, value } of yield* segments(steps, isSameJson, interval)) {
    const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const last = joined.at(-1);
    if (last && saysTheSame(last, value)) {
      const { to: _to, ...start } = last;
      joined[joined.length - 1] = {
        ...start,
        ...(to !== undefined && { to }),
        because: union(last.because, value.because),
      };
    } else {
      joined.push({ ...bounds, ...value });
    }
  }
  return joined;
}
