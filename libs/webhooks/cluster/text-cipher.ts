import { createCipheriv, createDecipheriv, createHash, randomBytes, type CipherGCMTypes } from 'node:crypto';

const CIPHER: CipherGCMTypes = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D §8.2.2: random, 96 bits. One key encrypts far fewer than 2^32 texts. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key is not the one that encrypted the text, or the text was changed. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

/**
 * Encrypts texts for the holders of the key: AES-256-GCM (NIST SP 800-38D). `context` is authenticated with the text: only the same context decrypts it,
 * so that nobody can give one subscription the secret of another.
 */
export class TextCipher {
  /** A name of the key, which reveals nothing about it. */
  readonly keyName: string;

  constructor(private readonly key: Buffer) {
    if (key.length !== KEY_BYTES) throw new DecryptionError('the key must have 32 bytes');
    this.keyName = createHash('sha256').update('name of a key').update(key).digest('hex').slice(0, 8);
  }

  /** A different text each time. */
  encrypt(text: string, context: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(context));
    const encrypted = Buffer.concat([
      nonce,
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${this.keyName}.${encrypted.toString('base64')}`;
  }

  /** Throws DecryptionError. */
  decrypt(encrypted: string, context: string): string {
    const [keyName = '', base64 = ''] = encrypted.split('.', 2);
    if (keyName !== this.keyName)
      throw new DecryptionError(
        `a secret was encrypted with the key ${keyName}, and this instance has ${this.keyName}: all instances must share webhooks.key`,
      );
    const bytes = Buffer.from(base64, 'base64');
    const tag = bytes.subarray(-TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new DecryptionError('the encrypted text was changed, or belongs to another subscription', {
        cause,
      });
    }
  }
}
