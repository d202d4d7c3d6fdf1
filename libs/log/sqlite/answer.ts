import type { Appended } from '../event-log.js';

/** An entry an event: what was found, what was written, and repeats within the append itself. */
export function answerOf(
  events: readonly { readonly id: string }[],
  found: ReadonlyMap<string, Appended>,
  written: ReadonlyMap<string, Appended>,
): Appended[] {
  const told = new Set<string>();
  return events.flatMap(({ id }) => {
    const first = found.get(id) ?? written.get(id);
    if (first === undefined) return [];
    const again = told.has(id) || found.has(id);
    told.add(id);
    return [again ? duplicateOf(first) : first];
  });
}

export function duplicateOf({ id, sequence, stream, revision, recordedAt }: Appended): Appended {
  return { id, sequence, stream, revision, recordedAt, duplicate: true };
}
