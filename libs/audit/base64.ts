/** Base 64 of RFC 4648 §4, padded, without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/**
 * The bytes of a text that `encodeBase64` can write; undefined for any other text: wrong alphabet, missing padding, bits set that belong to
 * no byte (RFC 4648 §3.5). So no two texts mean the same bytes.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
