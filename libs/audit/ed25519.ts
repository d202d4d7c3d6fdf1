import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** Bytes of a private key (the seed of RFC 8032 §5.1.5) and of a public key. */
export const KEY_BYTES = 32;

/** The bytes before the 32 bytes in DER (RFC 8410 §7 and §4): PKCS #8 for the seed, SPKI for the public key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs with Ed25519 (RFC 8032 §5.1.6): 64 bytes, the same for the same text. The seed is 32 bytes long. */
export function ed25519Signer(seed: Uint8Array): (text: Uint8Array) => Uint8Array {
  const key = privateKey(seed);
  return (text) => sign(null, text, key);
}

/** The public key of a seed: 32 bytes (RFC 8032 §5.1.5). */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
}

/** Whether a signature is the key's (RFC 8032 §5.1.7); false for one that is not 64 bytes. The key is 32 bytes long. */
export function ed25519Verifier(publicKey: Uint8Array): (text: Uint8Array, signature: Uint8Array) => boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return (text, signature) => signature.length === 64 && verify(null, text, key, signature);
}

const privateKey = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
