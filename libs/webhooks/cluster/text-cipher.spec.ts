import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DecryptionError, TextCipher } from './text-cipher.js';

const cipher = new TextCipher(randomBytes(32));

describe('an encrypted text', () => {
  it('is decrypted with the key and the context that it was encrypted with, and does not show the text', () => {
    for (const text of ['', 'whsec_abc', 'ąžuolas 🌳', 'x'.repeat(10_000)]) {
      const encrypted = cipher.encrypt(text, 'w');
      expect(cipher.decrypt(encrypted, 'w')).toBe(text);
      expect(encrypted).not.toBe(cipher.encrypt(text, 'w'));
      if (text.length > 5)
        expect(Buffer.from(encrypted.slice(9), 'base64').includes(text.slice(0, 6))).toBe(false);
    }
  });

  it('does not open with another key, for another context, or changed anywhere', () => {
    const encrypted = cipher.encrypt('whsec_abc', 'w');
    expect(() => new TextCipher(randomBytes(32)).decrypt(encrypted, 'w')).toThrow(/encrypted with the key/);
    expect(() => cipher.decrypt(encrypted, 'v')).toThrow(DecryptionError);
    const bytes = Buffer.from(encrypted.slice(9), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => cipher.decrypt(`${cipher.keyName}.${changed.toString('base64')}`, 'w')).toThrow(
        DecryptionError,
      );
    }
    for (const short of [`${cipher.keyName}.`, cipher.keyName, '', `${cipher.keyName}.AAAA`])
      expect(() => cipher.decrypt(short, 'w')).toThrow(DecryptionError);
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new TextCipher(randomBytes(16))).toThrow(DecryptionError);
  });
});
