import type { Payload } from '#events';
import type { EventLog, RecordedEvent, Sink } from '#log';
import type { ParkedEvent, ProjectionFile, Roots } from './sqlite/projection-file.js';

/** A number of steps that is greater than the depth of any lineage that the projection accepts. */
const MOST_STEPS = 1000;

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
    for (let steps = 0; targets.has(id) && steps <= MOST_STEPS; steps += 1) id = targets.get(id)!;
    id = rootIdOf(id) ?? id;
    const root = inBatch.get(id) ?? roots.get(id) ?? (await log.find(id));
    if (root && !isCorrection(root.type)) roots.set(id, root);
  }
  return roots;
}

/**
 * The target of a correction. Undefined for any other event, and for a correction without a readable target: the projection parks such a correction.
 */
function targetOf({ type, payload }: RecordedEvent): string | undefined {
  if (!isCorrection(type)) return undefined;
  const { target } = ((payload as Payload | null)?.data ?? {}) as { readonly target?: unknown };
  return typeof target === 'string' ? target : undefined;
}

function isCorrection(type: string): boolean {
  return type.startsWith('record.');
}
