import type { Payload } from '#events';
import type { RecordedEvent } from '#log';
import type { InstantText } from '#time';
import type { EventId } from '#timeline';
import type { WholeNumber } from '#views';
import type { Sequence } from '../reading/basis.js';

/** The type of an event, as the catalogue lists it. */
export type EventTypeName = string;

/**
 * An event of the log: a CloudEvents 1.0 JSON object with fields of our own. One field deviates: `source` is not a URI
 * reference but the document that the development was read from; `source.url` is its address. `time` is when the event
 * was recorded; `occurred`, which may be vague, is when the development happened.
 */
export interface CloudEvent extends Payload {
  readonly specversion: '1.0';
  readonly id: EventId;
  readonly type: EventTypeName;
  /** The id in `stream`. */
  readonly subject: string;
  /** When it was recorded, like `recordedAt`. */
  readonly time: InstantText;
  readonly datacontenttype: 'application/json';
  /**
   * The version of the schema of `data`.
   * @asType integer
   * @minimum 1
   */
  readonly schemaVersion: number;
  /** `<category>-<subject>` */
  readonly stream: string;
  /** Its number in the stream, from 0. */
  readonly revision: WholeNumber;
  readonly sequence: Sequence;
  readonly recordedAt: InstantText;
  /** The id of the key that recorded it. */
  readonly recordedBy?: string;
}

export function toCloudEvent(event: RecordedEvent): CloudEvent {
  const { occurred, until, reportedAt, data, source, attribution, correlationId } = payloadOf(event);
  const recordedAt = new Date(event.recordedAt).toISOString();
  const { recordedBy } = event.metadata;
  return {
    specversion: '1.0',
    id: event.id,
    type: event.type,
    schemaVersion: event.schemaVersion,
    subject: subjectOf(event),
    time: recordedAt,
    stream: event.stream,
    revision: event.revision,
    sequence: event.sequence,
    ...(occurred === undefined ? {} : { occurred }),
    ...(until === undefined ? {} : { until }),
    reportedAt,
    recordedAt,
    datacontenttype: 'application/json',
    data,
    source,
    attribution,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(typeof recordedBy === 'string' ? { recordedBy } : {}),
  };
}

/** The part of the stream's name after its category: `crossing-lt-by.medininkai` → `lt-by.medininkai`. */
export const subjectOf = ({ stream }: { readonly stream: string }): string =>
  stream.slice(stream.indexOf('-') + 1);

/** What the service put into the log was validated when it was accepted; the log itself takes any JSON, null included. */
const payloadOf = (event: RecordedEvent): Payload => (event.payload ?? {}) as Payload;
