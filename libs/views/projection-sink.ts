import { isCorrection, targetOf } from '#events';
import type { EventLog, RecordedEvent, Sink } from '#log';
import { DEEPEST_CORRECTION } from '#timeline';
import type { ParkedEvent, ProjectionFile, Roots } from './sqlite/projection-file.js';

/** A file as the sink of a consumer. An event that throws is parked and reported to `onParked`; the next events are applied. */
export function projectionSink(
  file: ProjectionFile,
  log: Pick<EventLog, 'find'>,
  onParked?: (event: ParkedEvent) => void,
): Sink<RecordedEvent> {
  return {
    get checkpoint() {
      return file.checkpoint;
    },
    get position() {
      return file.position;
    },
    async apply(batch, how) {
      const parked = file.apply(batch, await rootsOf(batch, file, log), how);
      for (const event of parked) onParked?.(event);
    },
    commit: () => file.commit(),
  };
}

/** The root developments of the corrections in a batch. None where the file does not need them. */
export async function rootsOf(
  batch: readonly RecordedEvent[],
  { rootIdOf }: Pick<ProjectionFile, 'rootIdOf'>,
  log: Pick<EventLog, 'find'>,
): Promise<Roots> {
  const roots = new Map<string, RecordedEvent>();
  if (!rootIdOf) return roots;
  const targets = new Map<string, string>();
  for (const event of batch) {
    const target = targetOf(event);
    if (target !== undefined) targets.set(event.id, target);
  }
  if (targets.size === 0) return roots;
  const inBatch = new Map(batch.map((event) => [event.id, event]));
  for (const start of new Set(targets.values())) {
    let id = start;
    for (let steps = 0; targets.has(id) && steps <= DEEPEST_CORRECTION; steps += 1) id = targets.get(id)!;
    id = rootIdOf(id) ?? id;
    const root = inBatch.get(id) ?? roots.get(id) ?? (await log.find(id));
    if (root && !isCorrection(root.type)) roots.set(id, root);
  }
  return roots;
}
