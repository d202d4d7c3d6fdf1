import { canonicalJson } from '#json';
import { createHash } from 'node:crypto';

type Members = Readonly<Record<string, unknown>>;

/** The members that the log adds to a development: an exported event has them, and they are not sent again. */
const OF_THE_LOG = new Set(['subject', 'stream', 'revision', 'sequence', 'recordedAt', 'recordedBy']);

/**
 * The line to send. The members that the log added to an exported event are removed. A line without an id gets one: a UUID of version 8 (RFC 9562
 * §5.8) from the SHA-256 of the line's content. The same content has the same id, in any file, order of members or spacing: importing it again
 * changes nothing.
 */
export function developmentAsSent(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const members = value as Members;
  const exported = members['sequence'] !== undefined && members['recordedAt'] !== undefined;
  const sent = exported
    ? Object.fromEntries(Object.entries(members).filter(([name]) => !OF_THE_LOG.has(name)))
    : members;
  return sent['id'] === undefined ? { id: idOf(sent), ...sent } : sent;
}

/** Whether the line is from an export but is not an event: a line of hashes, or the checkpoint. */
export function isOfExport(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const names = Object.keys(value).sort().join();
  return names === 'hashes,tile' || names === 'checkpoint,keys';
}

export function idOf(content: unknown): string {
  const bytes = createHash('sha256').update(canonicalJson(content)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
