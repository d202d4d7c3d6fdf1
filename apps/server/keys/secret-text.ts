import { timingSafeEqual } from 'node:crypto';

/**
 * The least number of bytes to compare: more than a usual key has. So the time of a comparison does not depend on the length of the key.
 */
const LEAST_BYTES = 256;

/** A secret that the server knows as text. A comparison takes equally long for every wrong text. */
export class SecretText {
  /** Filled up with zeros, which no key has. */
  private readonly bytes: Buffer;
  private readonly sent: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.alloc(Math.max(LEAST_BYTES, Buffer.byteLength(text)));
    this.bytes.write(text);
    this.sent = Buffer.alloc(this.bytes.length);
  }

  /** `text`: without zeros. */
  is(text: string): boolean {
    if (text.length > this.sent.length) return false;
    this.sent.fill(0);
    this.sent.write(text);
    return timingSafeEqual(this.sent, this.bytes);
  }
}
