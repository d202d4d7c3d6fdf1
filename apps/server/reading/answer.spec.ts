import { describe, expect, it } from '@jest/globals';
import { finished } from '#runtime';
import { isKnown, listInParts, rendered, renderedList, renderedTexts, tagOf } from './answer.js';

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

describe('an answer in parts', () => {
  it('is the same as an answer in one piece, in any script', () => {
    const items = ['Šalčininkai – Benyakoni', 'Тересполь', '橋 🌉'];
    const json = items.map((item) => JSON.stringify(item));
    expect(renderedTexts(['{"items":', ...listInParts(json), '}'])).toEqual(rendered({ items }));
  });

  it('can have an empty list', () => {
    expect(listInParts([]).join('')).toBe('[]');
    expect(finished(renderedList('items', []))).toEqual(rendered({ items: [] }));
  });

  it('is written in turns where it is long, and has the same text and tag', () => {
    const items = Array.from({ length: 5_000 }, (_, n) => ({ id: `橋 ${n}`, says: 'x'.repeat(100) }));
    const computation = renderedList('items', items);
    let turns = 0;
    let next = computation.next();
    for (; next.done !== true; next = computation.next()) turns += 1;
    expect(turns).toBeGreaterThanOrEqual(2);
    expect(next.value).toEqual(rendered({ items }));
  });
});
