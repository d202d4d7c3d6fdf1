import { AuditError, entryOf, leafOf, type Hash } from '#audit';
import { subjectNamed, type Payload } from '#events';
import type { RecordedEvent } from '#log';
import type { InstantText } from '#time';
import type { EventId } from '#timeline';

/**
 * The number of an event in the log, from 1.
 * @asType integer
 * @minimum 1
 */
export type Sequence = number;

/** The type of an event, as the catalogue lists it. */
export type EventTypeName = string;

/** An accepted development: as it was sent, with its id, its schema version and its times resolved. It can be sent again as it is. */
export interface ResolvedDevelopment extends Payload {
  readonly id: EventId;
  readonly type: EventTypeName;
  /**
   * The version of the schema of `data`.
   * @asType integer
   * @minimum 1
   */
  readonly schemaVersion: number;
}

/**
 * An event as one JSON object. Lists, streams, exports and the audit tree have this form. The members that the log added are beside the members
 * of the development.
 */
export interface EventEntry extends ResolvedDevelopment {
  /** The id in `stream`. */
  readonly subject: string;
  /** `<category>-<subject>` */
  readonly stream: string;
  /**
   * Its number in the stream, from 0.
   * @asType integer
   * @minimum 0
   */
  readonly revision: number;
  readonly sequence: Sequence;
  readonly recordedAt: InstantText;
  /** Who recorded it: the id of a key, or the issuer and the subject of a token: `https://id.example.org#alice`. */
  readonly recordedBy?: string;
}

export function toEntry(event: RecordedEvent): EventEntry {
  const { occurred, until, reportedAt, data, source, attribution, correlationId } = payloadOf(event);
  const { recordedBy } = event.metadata;
  return {
    id: event.id,
    type: event.type,
    schemaVersion: event.schemaVersion,
    subject: subjectNamed(event.stream).id,
    stream: event.stream,
    revision: event.revision,
    sequence: event.sequence,
    ...(occurred === undefined ? {} : { occurred }),
    ...(until === undefined ? {} : { until }),
    reportedAt,
    recordedAt: new Date(event.recordedAt).toISOString(),
    data,
    source,
    attribution,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(typeof recordedBy === 'string' ? { recordedBy } : {}),
  };
}

/** The service records only valid developments, but the log itself accepts any JSON, also null. */
const payloadOf = (event: RecordedEvent): Payload => (event.payload ?? {}) as Payload;

/** The event of the log of an entry. The reverse of `toEntry`. */
export function fromEntry(event: EventEntry): RecordedEvent {
  const { id, stream, type, schemaVersion, sequence, revision, recordedAt, recordedBy } = event;
  const { occurred, until, reportedAt, data, source, attribution, correlationId } = event;
  const payload: Payload = {
    ...(occurred && { occurred }),
    ...(until && { until }),
    reportedAt,
    data,
    source,
    attribution,
    ...(correlationId !== undefined && { correlationId }),
  };
  return {
    id,
    stream,
    type,
    schemaVersion,
    payload,
    metadata: recordedBy === undefined ? {} : { recordedBy },
    sequence,
    revision,
    recordedAt: Date.parse(recordedAt),
  };
}

/**
 * The entry of an event in the audit tree, number `sequence - 1`: the canonical JSON (RFC 8785) of its entry, all of its members and no other:
 * `id`, `type`, `schemaVersion`, `subject`, `stream`, `revision`, `sequence`, `recordedAt`, `data`, `source`, `attribution`, `reportedAt`; where
 * the event has them, `occurred`, `until`, `correlationId` and `recordedBy`. Without `corrections` and `causes`, which `/v1/events/{id}` adds:
 * these depend on later events.
 *
 * Never throws for an event that the log has accepted: its limits ensure that (`MAX_EVENT_BYTES`). It may throw AuditError for a row that
 * somebody else has written.
 */
export function auditEntryOf(event: RecordedEvent): Uint8Array {
  return entryOf(writtenOut(event));
}

/** The leaf of the tree: the hash of `auditEntryOf`, computed faster. Throws as `auditEntryOf`. */
export function auditLeafOf(event: RecordedEvent): Hash {
  return leafOf(writtenOut(event));
}

function writtenOut(event: RecordedEvent): EventEntry {
  if (Number.isNaN(new Date(event.recordedAt).getTime())) {
    throw new AuditError('malformed', `Event @${event.sequence} has no valid recordedAt`);
  }
  return toEntry(event);
}
