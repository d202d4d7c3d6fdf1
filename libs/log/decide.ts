import { isDeepStrictEqual } from 'node:util';
import { finished } from '#runtime';
import { idConflict, wrongRevision, type LogError } from './errors.js';
import type { Appended, ExpectedRevisions, Head } from './event-log.js';
import type { Packed } from './template.js';
import { unpackedContent, type SerializedEvent } from './serialized-event.js';

/**
 * The decision on an append: the rules of every engine, without a clock and without input or output.
 *
 * 1. An id belongs to one event for ever. The same event again is a duplicate, and its entry is the entry of the first append; another
 *    event under a known id refuses the whole append (`id-conflict`), also where both are in the append itself.
 * 2. Where every event is in the log already, the append is a retry: it gets its first answer, whatever revisions it expects.
 * 3. Otherwise each expected revision must be the revision of its stream before the append (`wrong-revision`).
 * 4. New events are numbered in the order of the append: sequences and revisions are dense, and `recordedAt` never decreases.
 *
 * The contract suite compares every engine with these rules, and `decide.spec.ts` compares the rules with a plain list.
 */
export const decide = (append: Append, log: LogLookup, now: number): AppendDecision =>
  finished(deciding(append, log, now));

/** The same computation, with a step for each event. If the log changes between two steps, the decision is only a preview. */
export function* deciding(
  { events, expected }: Append,
  log: LogLookup,
  now: number,
): Generator<void, AppendDecision, void> {
  const accepted = new Map<string, StoredEvent>();
  const answer: Appended[] = [];
  const revisions = new Map<string, number>();
  let { sequence, recordedAt } = log.head;
  for (const event of events) {
    const { id, stream, type, schemaVersion, content } = event;
    const first = accepted.get(id) ?? log.event(id);
    if (first === undefined) {
      const revision = (revisions.get(stream) ?? log.revision(stream)) + 1;
      sequence += 1;
      recordedAt = Math.max(recordedAt, event.recordedAt ?? now);
      revisions.set(stream, revision);
      // Member by member: to spread the event would cost several times the rest of this loop.
      accepted.set(id, {
        id,
        stream,
        type,
        schemaVersion,
        content,
        sequence,
        revision,
        recordedAt,
      });
      answer.push({ id, sequence, stream, revision, recordedAt });
    } else if (isSameEvent(first, event)) {
      answer.push(duplicate(first));
    } else {
      return { kind: 'refused', error: idConflict(id) };
    }
    yield;
  }
  const error = accepted.size > 0 ? unexpected(expected, log) : undefined;
  return error === undefined
    ? { kind: 'accepted', events: [...accepted.values()], answer }
    : { kind: 'refused', error };
}

/** All of its events go into the log, or none. */
export interface Append {
  readonly events: readonly SerializedEvent[];
  readonly expected: ExpectedRevisions;
}

/** The parts of the log that the decision needs. */
export interface LogLookup {
  readonly head: Head;
  /** The event with this id; undefined where there is none. */
  event(id: string): StoredEvent | undefined;
  /** The revision of the stream's last event; -1 where it has none. */
  revision(stream: string): number;
}

/** An event with its numbers, as it is stored. */
export interface StoredEvent extends SerializedEvent {
  readonly sequence: number;
  readonly revision: number;
  readonly recordedAt: number;
}

export type AppendDecision =
  | {
      readonly kind: 'accepted';
      /** The events to store; each id once; empty where the log has all of them. */
      readonly events: readonly StoredEvent[];
      /** One entry for each event of the append, in its order. */
      readonly answer: Appended[];
    }
  /** `id-conflict` or `wrong-revision`. */
  | { readonly kind: 'refused'; readonly error: LogError };

/** The answer to an accepted append. Throws the LogError of a refused one. */
export function answerOf(decision: AppendDecision): Appended[] {
  if (decision.kind === 'refused') throw decision.error;
  return decision.answer;
}

function unexpected(expected: ExpectedRevisions, log: LogLookup): LogError | undefined {
  for (const [stream, revision] of Object.entries(expected)) {
    const actual = log.revision(stream);
    if (actual !== revision) return wrongRevision(stream, revision, actual);
  }
  return undefined;
}

/**
 * Whether two events are the same: type, stream, schemaVersion and payload are deeply equal as JSON. The metadata and the time of recording may
 * differ between two sendings.
 */
function isSameEvent(one: SerializedEvent, other: SerializedEvent): boolean {
  return (
    one.type === other.type &&
    one.stream === other.stream &&
    one.schemaVersion === other.schemaVersion &&
    isSamePayload(one.content, other.content)
  );
}

function isSamePayload(one: Packed, other: Packed): boolean {
  if (one.template === other.template && one.values === other.values) return true;
  return isDeepStrictEqual(unpackedContent(one).payload, unpackedContent(other).payload);
}

function duplicate({ id, sequence, stream, revision, recordedAt }: Appended): Appended {
  return { id, sequence, stream, revision, recordedAt, duplicate: true };
}
