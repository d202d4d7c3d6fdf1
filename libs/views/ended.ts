import type { KnownEffect } from '#timeline';
import type { CorrectionAt, RecordedEffects } from './sqlite/recorded-effects.js';

/** The corrections on a development. */
export type CorrectionsByEvent = (eventId: string) => readonly CorrectionAt[];

/** The corrections on each development. They are read once for each development. */
export function correctionsRead(effects: RecordedEffects): CorrectionsByEvent {
  const read = new Map<string, readonly CorrectionAt[]>();
  return (eventId) => {
    const corrections = read.get(eventId) ?? effects.correctionsOn(eventId);
    read.set(eventId, corrections);
    return corrections;
  };
}

/**
 * The correction that ended a span of an effect, among all corrections of its development. On the recorded axis: the correction with the sequence of
 * the end. On the reported axis: the correction whose own report, or whose replacement's report, is at the instant of the end, if the log had the
 * correction at the cut. Where several corrections fit, an amendment is chosen first, then the correction with the greater id.
 */
export function whatEnded(
  { reported, recorded }: KnownEffect,
  axis: 'recordEnded' | 'reportEnded',
  corrections: readonly CorrectionAt[],
  recordedAt = Infinity,
): CorrectionAt | undefined {
  if (axis === 'recordEnded') return corrections.find(({ sequence }) => sequence === recorded.until);
  const had = corrections.filter(({ sequence }) => sequence <= recordedAt);
  const byReport = had.filter((correction) => correction.reported === reported.until);
  const candidates =
    byReport.length > 0
      ? byReport
      : had.filter((correction) => correction.replacement?.reported === reported.until);
  return [...candidates].sort((a, b) => rank(b) - rank(a) || (b.id > a.id ? 1 : -1))[0];
}

const rank = ({ kind }: CorrectionAt): number => (kind === 'amended' ? 1 : 0);
