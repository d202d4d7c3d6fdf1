import type { EventLog, RecordedEvent } from '#log';

/**
 * The corrections and retractions of an event, each followed by its own. The stream of a note has the name of its target. Each once: notes may
 * refer to each other in a circle, as a target may be recorded after its note.
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
