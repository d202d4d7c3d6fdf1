import { isSameJson } from '#json';
import type { Interruptible } from '#runtime';
import type { Instant } from '#time';
import { segments } from '#timeline';
import { unionOf } from './finding.js';
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
  const runs: [TimelinePiece, ...TimelinePiece[]][] = [];
  for (const { from, to, value } of yield* segments(steps, isSameJson, interval)) {
    const piece = { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...value };
    const last = runs.at(-1);
    if (last && saysTheSame(last[0], value)) last.push(piece);
    else runs.push([piece]);
  }
  return runs.map(joined);
}

/** Joins pieces that follow each other and say the same into one piece. */
function joined(run: readonly [TimelinePiece, ...TimelinePiece[]]): TimelinePiece {
  const [first] = run;
  if (run.length === 1) return first;
  const { to: _, ...start } = first;
  const to = run.at(-1)?.to;
  return {
    ...start,
    ...(to !== undefined && { to }),
    because: unionOf(run.map(({ because }) => because)),
  };
}
