import type { EventLog, RecordedEvent } from '#log';
import type { TurnOptions } from '#runtime';
import { DEEPEST_CORRECTION } from '#timeline';

/** The greatest number of corrections that are read together, and the number of reads after which all other work has its turn. */
const PART = 32;

export interface CorrectionsOptions extends TurnOptions {
  /** The greatest number of corrections to read. Absent: all. */
  readonly most?: number;
}

/**
 * The corrections and retractions of an event in the log, each followed by the corrections of itself, down to the depth to which corrections
 * count. They are in the stream `record-<id of the target>`. Each is there once, although corrections may form a circle: a correction may be
 * recorded before its target. The reading takes turns with other work.
 */
export async function readCorrections(
  log: EventLog,
  id: string,
  { most = Infinity, ...turn }: CorrectionsOptions,
): Promise<RecordedEvent[]> {
  const corrections: RecordedEvent[] = [];
  const seen = new Set([id]);
  const open = [correctionsOf(log, id)];
  for (let reads = 1; open.length > 0 && corrections.length < most; reads += 1) {
    if (reads % PART === 0) await log.turns.run(() => undefined, turn);
    const { value: correction } = await open.at(-1)!.next();
    if (!correction) {
      open.pop();
    } else if (!seen.has(correction.id)) {
      seen.add(correction.id);
      corrections.push(correction);
      if (open.length <= DEEPEST_CORRECTION) open.push(correctionsOf(log, correction.id));
    }
  }
  return corrections;
}

async function* correctionsOf(log: EventLog, id: string): AsyncGenerator<RecordedEvent, undefined> {
  for (let from = 0, read = PART; read === PART; from += read) {
    read = 0;
    for await (const correction of log.readStream(`record-${id}`, { from, limit: PART })) {
      read += 1;
      yield correction;
    }
  }
  return undefined;
}
