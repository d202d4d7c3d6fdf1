import { createPrivateKey, createPublicKey, hash as digest, sign, verify } from 'node:crypto';
import { AuditError, malformed } from './audit-error.js';
import { decodeBase64, encodeBase64 } from './base64.js';

/** Knows a public key by its name and id, and recognises its signatures. */
export interface Verifier {
  readonly name: string;
  /** 32 bits: the first four bytes, big-endian, of SHA-256(name || "\n" || 0x01 || public key). An address, not a proof. */
  readonly keyId: number;
  verify(text: Uint8Array, signature: Uint8Array): boolean;
}

export interface Signer {
  readonly name: string;
  /** The id of the public key. */
  readonly keyId: number;
  /** The form for verifiers: `name+id+base64(0x01 || public key)`. */
  readonly verifierKey: string;
  sign(text: Uint8Array): Uint8Array;
}

/** Bytes of a private key (the seed of RFC 8032 §5.1.5) and of a public key. */
const KEY_BYTES = 32;

/** The bytes before the 32 bytes in DER (RFC 8410 §7 and §4): PKCS #8 for the seed, SPKI for the public key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** C2SP signed-note, signature types. */
const ED25519 = 0x01;

const SECRET = 'PRIVATE+KEY+';

/** Not empty, without Unicode white space, `+`, ASCII control characters and lone surrogates. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\0-\x1f\p{Surrogate}+]+$/u.test(name);
}

/** The id in keys and messages: eight hexadecimal digits in lower case. */
export const formatKeyId = (keyId: number): string => keyId.toString(16).padStart(8, '0');

/**
 * A signer from a 32-byte seed, which must be random and secret. Throws AuditError `malformed` for an invalid
 * name and for a seed of another length. Proven by “keys” in note-key.spec.ts.
 */
export function signerOf(name: string, seed: Uint8Array): Signer {
  assertKey(name, seed);
  const publicKey = ed25519PublicKey(seed);
  const keyId = keyIdOf(name, typed(publicKey));
  return {
    name,
    keyId,
    verifierKey: formatVerifierKey(name, publicKey),
    sign: ed25519Signer(seed),
  };
}

/** `PRIVATE+KEY+name+id+base64(0x01 || seed)`, the form of golang.org/x/mod/sumdb/note. Secret. Throws as `signerOf`. */
export function formatSignerKey(name: string, seed: Uint8Array): string {
  assertKey(name, seed);
  return `${SECRET}${encodeKey(name, keyIdOf(name, typed(ed25519PublicKey(seed))), seed)}`;
}

/** The inverse of `formatSignerKey`. Throws AuditError `malformed`, `unknown-algorithm`, `key-mismatch`. */
export function parseSignerKey(text: string): Signer {
  if (!text.startsWith(SECRET)) throw malformed('A signer key must begin with PRIVATE+KEY+');
  const { name, keyId, key } = decodeKey(text.slice(SECRET.length));
  const signer = signerOf(name, ed25519Key(key));
  if (signer.keyId !== keyId) throw mismatch(name);
  return signer;
}

/** `name+id+base64(0x01 || public key)` of a 32-byte public key. Throws AuditError `malformed`. */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  assertKey(name, publicKey);
  return encodeKey(name, keyIdOf(name, typed(publicKey)), publicKey);
}

/** The verifier of a verifier key. Throws AuditError `malformed`, `unknown-algorithm`, `key-mismatch`. */
export function parseVerifierKey(text: string): Verifier {
  const { name, keyId, key } = decodeKey(text);
  if (keyIdOf(name, key) !== keyId) throw mismatch(name);
  return { name, keyId, verify: ed25519Verifier(ed25519Key(key)) };
}

const typed = (key: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(ED25519), key]);

function keyIdOf(name: string, key: Uint8Array): number {
  return digest('sha256', Buffer.concat([Buffer.from(`${name}\n`), key]), 'buffer').readUInt32BE();
}

function encodeKey(name: string, keyId: number, key: Uint8Array): string {
  return `${name}+${formatKeyId(keyId)}+${encodeBase64(typed(key))}`;
}

function decodeKey(text: string): {
  readonly name: string;
  readonly keyId: number;
  readonly key: Uint8Array;
} {
  const [, name, keyId, base64] = /^([^+]+)\+([0-9a-f]{8})\+([^\n]+)$/.exec(text) ?? [];
  const key = base64 === undefined ? undefined : decodeBase64(base64);
  if (name === undefined || keyId === undefined || key === undefined || !isKeyName(name)) {
    throw malformed('A key must have the form name+id+base64');
  }
  return { name, keyId: Number.parseInt(keyId, 16), key };
}

function ed25519Key(key: Uint8Array): Uint8Array {
  if (key[0] !== ED25519) throw new AuditError('unknown-algorithm', 'The key is not a key of Ed25519');
  if (key.length !== 1 + KEY_BYTES) throw malformed(`A key of Ed25519 has ${KEY_BYTES} bytes`);
  return key.subarray(1);
}

function assertKey(name: string, key: Uint8Array): void {
  if (!isKeyName(name))
    throw malformed('The name of a key must not be empty, and must have no white space and no plus sign');
  if (key.length !== KEY_BYTES) throw malformed(`A key of Ed25519 has ${KEY_BYTES} bytes`);
}

const mismatch = (name: string): AuditError =>
  new AuditError('key-mismatch', `The id is not the id of the key of ${name}`);

/** Signs with Ed25519 (RFC 8032 §5.1.6): 64 bytes, the same for the same text. The seed is 32 bytes long. */
function ed25519Signer(seed: Uint8Array): (text: Uint8Array) => Uint8Array {
  const key = privateKey(seed);
  return (text) => sign(null, text, key);
}

/** The public key of a seed: 32 bytes (RFC 8032 §5.1.5). */
function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

/** Whether a signature is the key's (RFC 8032 §5.1.7); false for one that is not 64 bytes. The key is 32 bytes long. */
function ed25519Verifier(publicKey: Uint8Array): (text: Uint8Array, signature: Uint8Array) => boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return (text, signature) => signature.length === 64 && verify(null, text, key, signature);
}

const privateKey = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
