import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/**
 * A character of any code point except surrogates. This is like `unit: 'binary'`, but without the table of all code points that fast-check makes for
 * it, which takes half a second.
 */
export const codePoint: fc.Arbitrary<string> = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.count));
