import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditError, decodeBundle, encodeBundle, MAX_ENTRY_BYTES } from './index.js';
import { bytes, hex } from './spec-support.js';

describe('bundles', () => {
  it('put each entry after its length in two bytes, big-endian', () => {
    expect(hex(encodeBundle([Buffer.from('hi'), new Uint8Array(), new Uint8Array(258)]))).toBe(
      `0002686900000102${'00'.repeat(258)}`,
    );
  });

  it('give back the entries', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(entries, (some) => {
        expect(decodeBundle(encodeBundle(some)).map(hex)).toEqual(some.map(hex));
      }),
      { numRuns: 40 },
    );
  });

  it('hold 256 entries of 65,535 bytes', () => {
    const entry = Buffer.alloc(MAX_ENTRY_BYTES, 7);
    const found = decodeBundle(encodeBundle(Array.from({ length: 256 }, () => entry)));
    expect(found).toHaveLength(256);
    expect(found.every((one) => entry.equals(one))).toBe(true);
  });

  it('refuse entries that they cannot hold', () => {
    const code = (wanted: string): unknown => expect.objectContaining({ name: 'AuditError', code: wanted });
    expect(() => encodeBundle([])).toThrow(code('out-of-range'));
    expect(() => encodeBundle(Array.from({ length: 257 }, () => new Uint8Array()))).toThrow(
      code('out-of-range'),
    );
    expect(() => encodeBundle([Buffer.alloc(MAX_ENTRY_BYTES + 1)])).toThrow(code('too-large'));
  });

  it.each([
    ['empty', ''],
    ['cut within a length', '00'],
    ['cut within an entry', '000268'],
    ['cut after a length', '00026869ffff'],
    ['longer than 256 entries', '0000'.repeat(257)],
  ])('are refused where they are %s', (_, text) => {
    expect(() => decodeBundle(bytes(text))).toThrow(expect.objectContaining({ code: 'malformed' }));
  });

  it('have one form: what can be read is written again with the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (some) => {
        let entries;
        try {
          entries = decodeBundle(some.map((byte, at) => (at % 3 === 0 ? 0 : byte % 5)));
        } catch (error) {
          expect(error).toBeInstanceOf(AuditError);
          return;
        }
        expect(hex(encodeBundle(entries))).toBe(hex(some.map((byte, at) => (at % 3 === 0 ? 0 : byte % 5))));
      }),
      { numRuns: 500 },
    );
  });
});
