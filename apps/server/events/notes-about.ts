import type { EventLog, RecordedEvent } from '#log';

/**
 * The corrections and retractions of an event, those of each behind it. Notes are in a stream that is named after what they
 * are about. Each once, for notes may be about each other in a circle: what they are about need not have been recorded
 * before them.
 */
export async function notesAbout(log: EventLog, id: string, seen = new Set([id])): Promise<RecordedEvent[]> {
  const notes: RecordedEvent[] = [];
  for await (const note of log.readStream(`record-${id}`)) {
    if (seen.has(note.id)) continue;
    seen.add(note.id);
    notes.push(note, ...(await notesAbout(log, note.id, seen)));
  }
  return notes;
}
