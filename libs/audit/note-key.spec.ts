import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AuditError,
  formatKeyId,
  formatSignerKey,
  formatVerifierKey,
  isKeyName,
  parseSignerKey,
  parseVerifierKey,
  signerOf,
} from './index.js';
import { bytes, hex } from './spec-support.js';
import { codePoint } from '../../test/support/code-point.js';

// The keys of golang.org/x/mod/sumdb/note.
const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The outcome of reading: `ok`, or the code of the refusal; any other error is thrown. */
function outcome(read: () => unknown): string {
  try {
    read();
    return 'ok';
  } catch (error) {
    if (error instanceof AuditError) return error.code;
    throw error;
  }
}

function manglings(key: string): string[] {
  const parts = Array.from({ length: key.length }, (_, from) =>
    Array.from({ length: key.length - from }, (_, count) => key.slice(from, from + count + 1)),
  ).flat();
  const shifted = Array.from(
    key,
    (char, at) => key.slice(0, at) + String.fromCharCode(char.charCodeAt(0) + 1) + key.slice(at + 1),
  );
  return ['', ...parts.filter((part) => part !== key), ...shifted];
}

describe('keys', () => {
  it('of golang.org/x/mod/sumdb/note are read, and belong together', () => {
    const verifier = parseVerifierKey(VERIFIER);
    const signer = parseSignerKey(SIGNER);
    expect([verifier.name, formatKeyId(verifier.keyId)]).toEqual(['PeterNeumann', 'c74f20a3']);
    expect([signer.name, signer.keyId, signer.verifierKey]).toEqual([
      verifier.name,
      verifier.keyId,
      VERIFIER,
    ]);
  });

  it('cannot be read in part, or with a character changed', () => {
    expect(manglings(VERIFIER).filter((key) => outcome(() => parseVerifierKey(key)) === 'ok')).toEqual([]);
    expect(manglings(SIGNER).filter((key) => outcome(() => parseSignerKey(key)) === 'ok')).toEqual([]);
  });

  it.each([
    ['malformed', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
    ['unknown-algorithm', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['key-mismatch', VERIFIER.replace('c74f20a3', 'c74f20a4')],
    ['key-mismatch', VERIFIER.replace('Neumann', 'Newmann')],
    ['malformed', VERIFIER.replace('c74f20a3', 'C74F20A3')],
    ['malformed', `${VERIFIER}\n`],
    ['malformed', SIGNER],
  ])('are refused as %s: %p', (code, key) => {
    expect(outcome(() => parseVerifierKey(key))).toBe(code);
  });

  it('sign as in RFC 8032 §7.1', () => {
    const seed = bytes('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7');
    const publicKey = bytes('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025');
    const signer = signerOf('rfc8032', seed);
    expect(signer.verifierKey).toBe(formatVerifierKey('rfc8032', publicKey));
    expect(hex(signer.sign(bytes('af82')))).toBe(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
        '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    );
  });

  it('verify the text that they signed and no other', () => {
    fc.assert(
      fc.property(seeds, fc.uint8Array(), fc.nat(511), (seed, text, bit) => {
        const signer = signerOf('example.com/log', seed);
        const verifier = parseVerifierKey(signer.verifierKey);
        const signature = signer.sign(text);
        const change = (of: Uint8Array, at: number) =>
          of.map((byte, n) => (n === Math.floor(at / 8) ? byte ^ (1 << (at % 8)) : byte));
        expect(verifier.verify(text, signature)).toBe(true);
        expect(verifier.verify(text, change(signature, bit))).toBe(false);
        expect(verifier.verify(Buffer.concat([text, Buffer.of(0)]), signature)).toBe(false);
        expect(verifier.verify(text, signature.subarray(1))).toBe(false);
        expect(verifier.verify(text, new Uint8Array())).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('are written as they are read', () => {
    fc.assert(
      fc.property(seeds, fc.string({ unit: 'grapheme', minLength: 1 }).filter(isKeyName), (seed, name) => {
        const key = formatSignerKey(name, seed);
        expect(parseSignerKey(key).verifierKey).toBe(signerOf(name, seed).verifierKey);
        expect(parseVerifierKey(parseSignerKey(key).verifierKey).name).toBe(name);
      }),
      { numRuns: 30 },
    );
  });

  it('accept any 32 bytes as a public key: bytes that are not a point verify nothing', () => {
    fc.assert(
      fc.property(fc.oneof(seeds, fc.constant(new Uint8Array(32).fill(255))), (publicKey) => {
        const verifier = parseVerifierKey(formatVerifierKey('any', publicKey));
        expect(verifier.verify(Buffer.from('text\n'), new Uint8Array(64).fill(1))).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['', 'a b', 'a+b', 'a\tb', 'a\nb', 'a\u0085', 'a\u00a0b', '\u2003', 'a\u3000', '\u0001', '\ud800'])(
    'have no name like %p',
    (name) => {
      const seed = new Uint8Array(32);
      expect(isKeyName(name)).toBe(false);
      expect(outcome(() => signerOf(name, seed))).toBe('malformed');
      expect(outcome(() => formatSignerKey(name, seed))).toBe('malformed');
      expect(outcome(() => formatVerifierKey(name, seed))).toBe('malformed');
    },
  );

  it('have 32 bytes', () => {
    for (const length of [0, 31, 33, 64]) {
      expect(outcome(() => signerOf('a', new Uint8Array(length)))).toBe('malformed');
      expect(outcome(() => formatVerifierKey('a', new Uint8Array(length)))).toBe('malformed');
    }
  });

  it('are refused only with this lib’s error, for any text', () => {
    const parts = fc.constantFrom(
      'PRIVATE',
      'KEY',
      '+',
      'a',
      'c74f20a3',
      'AQ==',
      '\n',
      ' ',
      'ARpc',
      '=',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: codePoint }),
          fc.array(parts).map((some) => some.join('')),
        ),
        (text) => {
          expect(outcome(() => parseVerifierKey(text))).not.toBe('ok');
          expect(outcome(() => parseSignerKey(text))).not.toBe('ok');
        },
      ),
      { numRuns: 500 },
    );
  });
});
