import { canonicalJson } from '#json';
import { AuditError } from './audit-error.js';
import { leafHashOfText, type Hash } from './hash.js';

/** The longest entry: an entry bundle gives its length in 16 bits. */
export const MAX_ENTRY_BYTES = 65_535;

/**
 * The entry of an event in the tree and the bundles: the UTF-8 of its canonical JSON. Throws NotJsonError, and AuditError
 * `too-large` past `MAX_ENTRY_BYTES`.
 */
export function entryOf(event: unknown): Uint8Array {
  const entry = Buffer.from(canonicalJson(event), 'utf8');
  assertLength(entry.length);
  return entry;
}

/** The leaf hash of `entryOf`, in two thirds of the time. Throws as `entryOf`. */
export function leafOf(event: unknown): Hash {
  const text = canonicalJson(event);
  // A UTF-16 unit is 3 bytes of UTF-8 at most.
  if (3 * text.length > MAX_ENTRY_BYTES) assertLength(Buffer.byteLength(text));
  return leafHashOfText(text);
}

function assertLength(bytes: number): void {
  if (bytes <= MAX_ENTRY_BYTES) return;
  throw new AuditError('too-large', `An entry has ${MAX_ENTRY_BYTES} bytes at most, not ${bytes}`);
}
