import { describe, expect, it } from '@jest/globals';
import { isKnown, tagOf } from './answer.js';

describe('a tag', () => {
  it('is the same for the same content only, and weak', () => {
    expect(tagOf('{"items":[]}')).toBe(tagOf('{"items":[]}'));
    expect(tagOf('{"items":[]}')).not.toBe(tagOf('{"items":[1]}'));
    expect(tagOf('x')).toMatch(/^W\/"[\w-]{27}"$/);
  });

  it('is found among the tags that the client has', () => {
    expect(isKnown('W/"a"', 'W/"a"')).toBe(true);
    expect(isKnown('"a"', 'W/"a"')).toBe(true);
    expect(isKnown('"b", W/"a"', 'W/"a"')).toBe(true);
    expect(isKnown('*', 'W/"a"')).toBe(true);
    expect(isKnown('"b"', 'W/"a"')).toBe(false);
    expect(isKnown(undefined, 'W/"a"')).toBe(false);
  });
});
