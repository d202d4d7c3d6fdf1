import { AuditError } from './audit-error.js';
import { canonicalJson } from './canonical-json.js';

/** The longest entry: an entry bundle gives its length in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * An event as the tree and the bundles have it: the UTF-8 of its canonical JSON. Throws AuditError `not-json`, and
 * `too-large` past `MAX_ENTRY_BYTES`.
 */
export function entryOf(event: unknown): Uint8Array {
  const entry = Buffer.from(canonicalJson(event), 'utf8');
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new AuditError('too-large', `An entry has ${MAX_ENTRY_BYTES} bytes at most, not ${entry.length}`);
  }
  return entry;
}
