import type { EventLog, RecordedEvent } from '#log';

/**
 * The corrections and retractions of an event in the log, each followed by the corrections of itself. They are in the stream `record-<id of
 * the target>`. Each is there once, although corrections may form a circle: a correction may be recorded before its target.
 */
export async function readCorrections(
  log: EventLog,
  id: string,
  seen = new Set([id]),
): Promise<RecordedEvent[]> {
  const corrections: RecordedEvent[] = [];
  for await (const correction of log.readStream(`record-${id}`)) {
    if (seen.has(correction.id)) continue;
    seen.add(correction.id);
    corrections.push(correction, ...(await readCorrections(log, correction.id, seen)));
  }
  return corrections;
}
