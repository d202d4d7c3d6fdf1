import type { KnownEffect } from '#timeline';
import type { NoteAt, RecordedEffects } from './sqlite/recorded-effects.js';

/** The notes on a development. */
export type Notes = (eventId: string) => readonly NoteAt[];

/** Each development's notes are read once. */
export function notesRead(effects: RecordedEffects): Notes {
  const read = new Map<string, readonly NoteAt[]>();
  return (eventId) => {
    const notes = read.get(eventId) ?? effects.notesOn(eventId);
    read.set(eventId, notes);
    return notes;
  };
}

/**
 * The note that ended a span of an effect, among all notes on its development: on the recorded axis the one of that very
 * sequence; on the reported axis the one whose report, or whose replacement's, is that very instant, of those that the log
 * had. Of several the one that counts: the amendment, then the greater id.
 */
export function whatEnded(
  { reported, recorded }: KnownEffect,
  axis: 'recordEnded' | 'reportEnded',
  notes: readonly NoteAt[],
  recordedAt = Infinity,
): NoteAt | undefined {
  if (axis === 'recordEnded') return notes.find(({ sequence }) => sequence === recorded.until);
  const had = notes.filter(({ sequence }) => sequence <= recordedAt);
  const byReport = had.filter((note) => note.reported === reported.until);
  const candidates =
    byReport.length > 0 ? byReport : had.filter((note) => note.replacement?.reported === reported.until);
  return [...candidates].sort((a, b) => rank(b) - rank(a) || (b.id > a.id ? 1 : -1))[0];
}

const rank = ({ kind }: NoteAt): number => (kind === 'amended' ? 1 : 0);
