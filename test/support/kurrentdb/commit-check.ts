import { ANY, NO_STREAM, STREAM_EXISTS, type StoredEvent, type StreamWrite } from './stream-write.js';

/** The part of the store on which the decision depends. */
export interface Written {
  stream(name: string): readonly StoredEvent[] | undefined;
  isDeleted(stream: string): boolean;
  /** The last event with this id, where the server remembers it. */
  remembered(id: string): StoredEvent | undefined;
}

export type Decision =
  | { readonly kind: 'ok' }
  /** All events were written before, with the same ids; `last` is the last of them. */
  | { readonly kind: 'idempotent'; readonly last: StoredEvent }
  | { readonly kind: 'wrongVersion'; readonly current: number }
  | { readonly kind: 'deleted' };

/**
 * Whether a write is accepted, as the server decides for one stream. The idempotency of the server is best effort. Where a revision is expected after
 * which events were written, the same ids in the same places get the answer of the first write; where only some of the ids were written there, it is
 * a conflict. Where any revision is expected, only ids that the server still remembers count as written; events with other ids are stored again.
 */
export function checkWrite(store: Written, { stream, expected, events }: StreamWrite): Decision {
  if (store.isDeleted(stream)) return { kind: 'deleted' };
  const written = store.stream(stream) ?? [];
  const current = written.length - 1;
  if (expected === STREAM_EXISTS && current < 0) return { kind: 'wrongVersion', current };
  if (expected === ANY || expected === STREAM_EXISTS) {
    const found = events.map(({ id }) => store.remembered(id));
    return repeated(
      found.map((event) => (event?.stream === stream ? event : undefined)),
      current,
      { kind: 'ok' },
    );
  }
  if (expected === current) return { kind: 'ok' };
  if (expected > current || expected < NO_STREAM) return { kind: 'wrongVersion', current };
  const there = events.map(({ id }, index) => {
    const event = written[expected + 1 + index];
    return event?.id === id ? event : undefined;
  });
  return repeated(there, current, { kind: 'wrongVersion', current });
}

function repeated(found: readonly (StoredEvent | undefined)[], current: number, fresh: Decision): Decision {
  if (found[0] === undefined) return fresh;
  const last = found.at(-1);
  return last === undefined || found.includes(undefined)
    ? { kind: 'wrongVersion', current }
    : { kind: 'idempotent', last };
}
