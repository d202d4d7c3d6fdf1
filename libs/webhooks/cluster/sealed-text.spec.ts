import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SealedTextError, TextSeal } from './sealed-text.js';

const seal = new TextSeal(randomBytes(32));

describe('a sealed text', () => {
  it('opens with the key and the context that it was sealed with, and does not show the text', () => {
    for (const text of ['', 'whsec_abc', 'ąžuolas 🌳', 'x'.repeat(10_000)]) {
      const sealed = seal.seal(text, 'w');
      expect(seal.open(sealed, 'w')).toBe(text);
      expect(sealed).not.toBe(seal.seal(text, 'w'));
      if (text.length > 5)
        expect(Buffer.from(sealed.slice(9), 'base64').includes(text.slice(0, 6))).toBe(false);
    }
  });

  it('does not open with another key, for another context, or changed anywhere', () => {
    const sealed = seal.seal('whsec_abc', 'w');
    expect(() => new TextSeal(randomBytes(32)).open(sealed, 'w')).toThrow(/sealed by the key/);
    expect(() => seal.open(sealed, 'v')).toThrow(SealedTextError);
    const bytes = Buffer.from(sealed.slice(9), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(() => seal.open(`${seal.keyName}.${changed.toString('base64')}`, 'w')).toThrow(SealedTextError);
    }
    for (const short of [`${seal.keyName}.`, seal.keyName, '', `${seal.keyName}.AAAA`])
      expect(() => seal.open(short, 'w')).toThrow(SealedTextError);
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new TextSeal(randomBytes(16))).toThrow(SealedTextError);
  });
});
