import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';

/** The number of events in a batch: ids are `caller/n/k`, and the nth append of a caller has 1 + n % 3 events. */
const batchOf = (id: string): string => id.slice(0, id.lastIndexOf('/'));
const sizeOf = (batch: string): number => 1 + (Number(batch.slice(batch.lastIndexOf('/') + 1)) % 3);

/**
 * The rules that the file breaks after a crash. The rules are: every acknowledged event is there under its sequence; no id is there twice; each
 * append is there as a whole or not at all; sequences are dense from 1, revisions are dense from 0 in each stream; and recordedAt never decreases.
 */
export async function checkAfterCrash(
  file: string,
  acknowledged: ReadonlyMap<string, number>,
): Promise<{ readonly faults: readonly string[]; readonly events: number }> {
  const faults: string[] = [];
  const sequences = new Map<string, number>();
  const revisions = new Map<string, number>();
  const batches = new Map<string, number>();
  let last = { sequence: 0, recordedAt: 0 };
  const log = openSqliteLog(systemRuntime, file);
  for await (const { id, sequence, stream, revision, recordedAt } of log.read()) {
    if (sequence !== last.sequence + 1) faults.push(`${sequence} follows ${last.sequence}`);
    if (recordedAt < last.recordedAt) faults.push(`${sequence} was recorded before ${last.sequence}`);
    if (revision !== (revisions.get(stream) ?? -1) + 1) faults.push(`${stream} has a gap at ${revision}`);
    if (sequences.has(id)) faults.push(`${id} is there twice`);
    sequences.set(id, sequence);
    revisions.set(stream, revision);
    batches.set(batchOf(id), (batches.get(batchOf(id)) ?? 0) + 1);
    last = { sequence, recordedAt };
  }
  for (const [batch, events] of batches) {
    if (events !== sizeOf(batch)) faults.push(`${batch} is there in part`);
  }
  for (const [id, sequence] of acknowledged) {
    const found = sequences.get(id);
    if (found !== sequence) faults.push(`${id} was acknowledged at ${sequence} and is at ${String(found)}`);
  }
  if ((await log.head()).sequence !== last.sequence) faults.push('the head is not the last event');
  await log.close();
  return { faults, events: last.sequence };
}
