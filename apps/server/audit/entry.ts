import { AuditError, entryOf, leafOf, type Hash } from '#audit';
import type { RecordedEvent } from '#log';
import { toCloudEvent, type CloudEvent } from '../events/cloud-event.js';

/**
 * What the audit tree has of an event, as entry number `sequence - 1`: the canonical JSON (RFC 8785) of the CloudEvent that
 * `/v1/events` lists, all of its members and no other: `specversion`, `id`, `type`, `schemaVersion`, `subject`, `time`,
 * `stream`, `revision`, `sequence`, `recordedAt`, `datacontenttype`, `data`, `source`, `attribution`, `reportedAt`; where the
 * event has them, `occurred`, `until`, `correlationId` and `recordedBy`. Not what only `/v1/events/{id}` adds (`corrections`,
 * `causes`): that is the business of later events.
 *
 * Never throws on what the log has accepted: its limits are drawn so (`MAX_EVENT_BYTES`). Of what somebody has put there
 * instead, it may throw AuditError.
 */
export function auditEntryOf(event: RecordedEvent): Uint8Array {
  return entryOf(writtenOut(event));
}

/** The leaf of the tree: the hash of `auditEntryOf`, got sooner. Throws as that does. */
export function auditLeafOf(event: RecordedEvent): Hash {
  return leafOf(writtenOut(event));
}

function writtenOut(event: RecordedEvent): CloudEvent {
  if (Number.isNaN(new Date(event.recordedAt).getTime())) {
    throw new AuditError('malformed', `Event @${event.sequence} was recorded at no time`);
  }
  return toCloudEvent(event);
}
