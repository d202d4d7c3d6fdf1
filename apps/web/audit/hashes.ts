import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

// WebCrypto is not used: it is missing on plain HTTP, and the WebCrypto of old browsers has no Ed25519.
hashes.sha512 = sha512;

const utf8 = new TextEncoder();
export const bytesOf = (text: string): Uint8Array => utf8.encode(text);

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** The bytes of a base64 text (RFC 4648 §4); undefined for a text that is not base64. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    const binary = atob(text);
    return btoa(binary) === text ? Uint8Array.from(binary, (one) => one.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}

export const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
export const isSameHash = (one: Uint8Array, other: Uint8Array): boolean => base64Of(one) === base64Of(other);

export const digest = (bytes: Uint8Array): Uint8Array => sha256(bytes);

/** Whether the 32 bytes of the key signed the bytes (RFC 8032 §5.1.7). False for an invalid signature or key. */
export function isSignedBy(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(signature, bytes, key, { zip215: false });
  } catch {
    return false;
  }
}
