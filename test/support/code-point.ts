import fc from 'fast-check';

const SURROGATES = { from: 0xd800, count: 0x800 };

/** A character of any code point except the halves of pairs: `unit: 'binary'` without the table that fast-check makes of all of them, which takes half a second. */
export const codePoint: fc.Arbitrary<string> = fc
  .nat({ max: 0x10ffff - SURROGATES.count })
  .map((n) => String.fromCodePoint(n < SURROGATES.from ? n : n + SURROGATES.count));
