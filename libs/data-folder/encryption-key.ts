import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { replaceFile, whileLocked } from './files.js';

/** AES-256. */
const KEY_BYTES = 32;

/**
 * The key that encrypts the secrets of webhooks in a cluster: 32 random bytes, as base64 in a file that only its owner may read. Made where
 * there is none; two processes that do so at the same time get the same key. Rejects with Error where the file has other content, and with
 * the error of the disk.
 */
export async function ensureEncryptionKey(file: string): Promise<Buffer> {
  if (!existsSync(file)) {
    await whileLocked(file, () => {
      if (!existsSync(file)) replaceFile(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`${file} has no key of ${KEY_BYTES} bytes`);
  return key;
}
