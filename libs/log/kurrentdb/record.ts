import { randomUUID } from 'node:crypto';
import { jsonEvent, type AllStreamRecordedEvent, type JSONEventData } from '@kurrent/kurrentdb-client';
import type { ExpectedRevisions } from '../event-log.js';
import type { SerializedEvent } from '../serialized-event.js';

/** The append that an event is a part of. */
export interface Membership {
  readonly batch: string;
  /** From 0, in the order of the append. */
  readonly index: number;
  /** How many events the append has. */
  readonly count: number;
}

/** An event of ours as the cluster has it. */
export interface Part extends Membership {
  readonly event: SerializedEvent;
  /** The revisions the append expected; the first part has them. */
  readonly expected: ExpectedRevisions;
  /** Milliseconds since the epoch, by the clock of the cluster. */
  readonly created: number;
  readonly engineRevision: number;
}

/** The streams of a log are those whose names begin so. No such beginning is one of another log's: a name has no dot. */
export const prefixOf = (name: string): string => `${name}.`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The event as the cluster stores it: its payload as data, everything else in metadata, whose values are texts, for an append over several
 * streams takes no others. The cluster's id is the event's own the first time, where that is a UUID. Later times it is a new one: what the
 * cluster does with an id it has seen is best effort, and the follower knows better.
 */
export function proposed(
  event: SerializedEvent,
  { batch, index, count }: Membership,
  expected: ExpectedRevisions,
  first: boolean,
): JSONEventData {
  return jsonEvent({
    id: first && UUID.test(event.id) ? event.id : randomUUID(),
    type: event.type,
    data: JSON.parse(event.payload) as JSONEventData['data'],
    metadata: {
      id: event.id,
      schemaVersion: String(event.schemaVersion),
      batch: `${batch} ${index} ${count}`,
      metadata: event.metadata,
      ...(event.recordedAt === undefined ? {} : { recordedAt: String(event.recordedAt) }),
      ...(index > 0 || Object.keys(expected).length === 0 ? {} : { expected: JSON.stringify(expected) }),
    },
  });
}

/** Undefined for what somebody else wrote into a stream of ours. */
export function partOf(record: AllStreamRecordedEvent, prefix: string): Part | undefined {
  if (!record.isJson || !record.streamId.startsWith(prefix)) return undefined;
  const envelope = envelopeOf(record.metadata);
  if (envelope === undefined) return undefined;
  const { id, schemaVersion, metadata, recordedAt, ...membership } = envelope;
  return {
    ...membership,
    event: {
      id,
      stream: record.streamId.slice(prefix.length),
      type: record.type,
      schemaVersion,
      payload: JSON.stringify(record.data),
      metadata,
      recordedAt,
    },
    created: record.created.getTime(),
    engineRevision: Number(record.revision),
  };
}

interface Envelope
  extends Membership, Pick<SerializedEvent, 'id' | 'schemaVersion' | 'metadata' | 'recordedAt'> {
  readonly expected: ExpectedRevisions;
}

/** What `proposed` has put into the metadata. */
function envelopeOf(values: unknown): Envelope | undefined {
  if (typeof values !== 'object' || values === null) return undefined;
  const texts = new Map(Object.entries(values).filter(([, value]) => typeof value === 'string'));
  const text = (name: string): string => String(texts.get(name) ?? '');
  const [, batch = '', index = '', count = ''] = /^(\S+) (\d+) (\d+)$/.exec(text('batch')) ?? [];
  const envelope = {
    batch,
    index: Number(index),
    count: Number(count),
    id: text('id'),
    schemaVersion: Number(text('schemaVersion')),
    metadata: text('metadata'),
    recordedAt: texts.has('recordedAt') ? Number(text('recordedAt')) : undefined,
  };
  const expected = objectOf(text('expected') || '{}');
  const sound =
    batch !== '' &&
    envelope.id !== '' &&
    [envelope.schemaVersion, envelope.recordedAt ?? 0].every(Number.isSafeInteger) &&
    objectOf(envelope.metadata) !== undefined;
  return sound && expected !== undefined
    ? { ...envelope, expected: expected as ExpectedRevisions }
    : undefined;
}

function objectOf(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
