import type { KnownEffect } from '#timeline';
import type { CorrectionAt, RecordedEffects } from './sqlite/recorded-effects.js';

/** The corrections on a development. */
export type CorrectionsByEvent = (eventId: string) => readonly CorrectionAt[];

/** Each development's corrections are read once. */
export function correctionsRead(effects: RecordedEffects): CorrectionsByEvent {
  const read = new Map<string, readonly CorrectionAt[]>();
  return (eventId) => {
    const corrections = read.get(eventId) ?? effects.correctionsOn(eventId);
    read.set(eventId, corrections);
    return corrections;
  };
}

/**
 * The correction that ended a span of an effect, among all corrections on its development: on the recorded axis the one of that very
 * sequence; on the reported axis the one whose report, or whose replacement's, is that very instant, of those that the log
 * had. Of several the one that counts: the amendment, then the greater id.
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
