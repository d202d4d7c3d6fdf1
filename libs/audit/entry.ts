import { canonicalJson } from '#json';
import { AuditError, malformed, outOfRange } from './audit-error.js';
import { leafHashOfText, type Hash } from './hash.js';
import { TILE_WIDTH } from './tile.js';

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

/**
 * An entry bundle of C2SP tlog-tiles: each entry after its length in two bytes, big-endian; 1 to 256 entries.
 * Throws AuditError `out-of-range` for another number of entries, `too-large` for an entry past `MAX_ENTRY_BYTES`.
 * Proven by “bundles” in bundle.spec.ts.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw outOfRange(`A bundle has 1 to ${TILE_WIDTH} entries, not ${entries.length}`);
  }
  return Buffer.concat(entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/** The inverse of `encodeBundle`. Throws AuditError `malformed` for bytes that it cannot write. */
export function decodeBundle(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    const [high, low] = bundle.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw malformed('A bundle ends in the middle of a length');
    const start = at + 2;
    at = start + 256 * high + low;
    if (at > bundle.length) throw malformed('A bundle ends in the middle of an entry');
    entries.push(bundle.subarray(start, at));
  }
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw malformed(`A bundle has 1 to ${TILE_WIDTH} entries, not ${entries.length}`);
  }
  return entries;
}

function lengthOf({ length }: Uint8Array): Uint8Array {
  assertLength(length);
  return Uint8Array.of(length >> 8, length & 0xff);
}

function assertLength(bytes: number): void {
  if (bytes <= MAX_ENTRY_BYTES) return;
  throw new AuditError('too-large', `An entry has ${MAX_ENTRY_BYTES} bytes at most, not ${bytes}`);
}
