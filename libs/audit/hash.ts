import { hash as digest } from 'node:crypto';
import { malformed } from './audit-error.js';
import { decodeBase64, encodeBase64 } from './base64.js';

/** SHA-256 of an entry, of two hashes, or of nothing: 32 bytes. Callers must not change it. */
export type Hash = Uint8Array;

export const HASH_BYTES = 32;

/** The digest is made as binary text first: to make a buffer directly takes twice as long. */
const sha256 = (bytes: string | Uint8Array): Hash => Buffer.from(digest('sha256', bytes, 'binary'), 'binary');

/** The root of the tree without leaves: the hash of no bytes (RFC 9162 §2.1.1). */
export const EMPTY_ROOT: Hash = sha256('');

const LEAF_PREFIX = Uint8Array.of(0x00);

/** 0x01, then room for the two hashes: hashing is synchronous, so one buffer serves every node. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** SHA-256(0x00 || entry), RFC 9162 §2.1.1. Proven by “the hash of a leaf” in hash.spec.ts. */
export function leafHash(entry: Uint8Array): Hash {
  return sha256(Buffer.concat([LEAF_PREFIX, entry]));
}

/** The leaf hash of a text in UTF-8, without writing out the bytes. The text must not have lone surrogates. */
export function leafHashOfText(text: string): Hash {
  return sha256(`\0${text}`);
}

/**
 * SHA-256(0x01 || left || right), RFC 9162 §2.1.1. The prefixes distinguish a leaf from a node.
 * Throws AuditError `malformed` where a side is not 32 bytes long. Proven by “the hash of a node” in hash.spec.ts.
 */
export function nodeHash(left: Hash, right: Hash): Hash {
  if (!isHash(left) || !isHash(right)) throw malformed(`A hash has ${HASH_BYTES} bytes`);
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

/** The root over adjacent hashes; their number is a power of two. To allocate a buffer for each node would take a tenth of the time of a proof. */
export function rootOver(hashes: Uint8Array): Hash {
  const level = Buffer.from(hashes);
  for (let count = hashes.length / HASH_BYTES / 2; count >= 1; count /= 2) {
    for (let index = 0; index < count; index += 1) {
      level.copy(node, 1, 2 * index * HASH_BYTES, 2 * (index + 1) * HASH_BYTES);
      level.write(digest('sha256', node, 'binary'), index * HASH_BYTES, 'binary');
    }
  }
  return level.subarray(0, HASH_BYTES);
}

/** The hash over adjacent subtrees, the greatest first: the sibling of each is the hash of all to its right. */
export function foldRight(hashes: readonly Hash[]): Hash {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

export function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

export function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.compare(one, other) === 0;
}

/** The form in checkpoints and in the API: 44 characters of base64. */
export function formatHash(hash: Hash): string {
  return encodeBase64(hash);
}

/** Throws AuditError `malformed` for any text that `formatHash` does not write. */
export function parseHash(text: string): Hash {
  const hash = decodeBase64(text);
  if (hash === undefined || !isHash(hash)) {
    throw malformed(`A hash is the base64 of ${HASH_BYTES} bytes`);
  }
  return hash;
}
