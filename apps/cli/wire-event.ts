import type { Payload } from '#events';
import type { RecordedEvent } from '#log';

/** An event as the API and exports give it. */
export interface WireEvent extends Payload {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly sequence: number;
  readonly revision: number;
  readonly recordedAt: string;
  readonly recordedBy?: string;
}

/** What the log has of it. */
export function recordedEvent(event: WireEvent): RecordedEvent {
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
