import type { Payload } from '#events';
import type { RecordedEvent } from '#log';

/**
 * An event as it goes over the wire: a CloudEvents 1.0 JSON object with our own fields beside the specification's.
 *
 * The one deviation: CloudEvents wants `source` to be a URI reference, and ours is the document read, an object. Ours keeps
 * the name, because to a reader of border news that *is* the source; a client that needs the URI takes `source.url`, or
 * `/v1/events`. `time` is when the event came to be, so `recordedAt`; when the thing happened is `occurred`, which may be
 * vague, and a CloudEvents time may not. `subject` is the id in `stream`; `data` is what the catalogue says of the type.
 */
export interface CloudEvent extends Payload {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly schemaVersion: number;
  readonly stream: string;
  readonly revision: number;
  readonly sequence: number;
  readonly recordedAt: string;
  /** Whose key recorded it. */
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
