import { correctionOf, type Payload, type StoredDevelopment } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import { parseInstant, type Instant } from '#time';
import type { RecordedCorrection } from '#timeline';

/**
 * The corrections and retractions of an event in the log, each followed by its own. They are in the stream `record-<id of the target>`. Each is
 * there once: corrections may form a circle, as a correction may be recorded before its target.
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

/** A recorded event without the members that the log adds. */
export const storedDevelopment = ({
  id,
  type,
  schemaVersion,
  payload,
}: RecordedEvent): StoredDevelopment => ({
  id,
  type,
  schemaVersion,
  payload: payload as Payload,
});

/** The instant from which a report counts as public: the latest one. */
export const publicFrom = ({ payload }: Pick<StoredDevelopment, 'payload'>): Instant =>
  parseInstant(payload.reportedAt.latest);

/** A correction in the form of the lineage; undefined for any other event. */
export function recordedCorrection(
  event: StoredDevelopment,
): RecordedCorrection<StoredDevelopment> | undefined {
  const correction = correctionOf(event);
  if (!correction) return undefined;
  const { target, kind, replacement } = correction;
  return {
    id: event.id,
    target,
    kind,
    reported: publicFrom(event),
    ...(replacement && { replacement: { content: replacement, reported: publicFrom(replacement) } }),
  };
}
