import { describe, expect, it } from '@jest/globals';
import { isTooDeep } from './json-body.js';

describe('a body', () => {
  it('may nest 64 levels', () => {
    expect(isTooDeep('['.repeat(64) + ']'.repeat(64))).toBe(false);
    expect(isTooDeep('['.repeat(65))).toBe(true);
    expect(isTooDeep('{"a":'.repeat(65))).toBe(true);
  });

  it('may have as many brackets in its strings, and side by side, as it likes', () => {
    expect(isTooDeep(`"${'['.repeat(100)}"`)).toBe(false);
    expect(isTooDeep(`"\\"${'['.repeat(100)}"`)).toBe(false);
    expect(isTooDeep(`[${'[],'.repeat(100)}[]]`)).toBe(false);
    expect(isTooDeep(`"\\\\",${'['.repeat(65)}`)).toBe(true);
  });
});
