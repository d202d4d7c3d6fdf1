import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryOf, leafHash, leafOf, MAX_ENTRY_BYTES } from './index.js';
import { hex } from './spec-support.js';

function outcome(write: () => string): string {
  try {
    return write();
  } catch {
    return 'refused';
  }
}

describe('an entry', () => {
  it('accepts the longest entry that a bundle can hold, and none longer', () => {
    const text = 'x'.repeat(MAX_ENTRY_BYTES - 2);
    expect(entryOf(text)).toHaveLength(65_535);
    expect(() => entryOf(`${text}x`)).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(() => entryOf(`é${text.slice(1)}`)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('has the hash of a leaf, and the same limits, also where only the hash is made', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme', minLength: 20_000, maxLength: 22_000 }));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), text, (value, more) => {
        const event = { value, more };
        const bytes = outcome(() => hex(leafHash(entryOf(event))));
        expect(outcome(() => hex(leafOf(event)))).toBe(bytes);
      }),
    );
    const longest = `é${'x'.repeat(MAX_ENTRY_BYTES - 4)}`;
    expect(hex(leafOf(longest))).toBe(hex(leafHash(entryOf(longest))));
    expect(() => leafOf(`${longest}x`)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});
