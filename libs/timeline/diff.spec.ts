import { describe, expect, it } from '@jest/globals';
import { diff, differences, type Stated } from './diff.js';

const stated = (aspect: string, value: unknown): Stated => ({
  view: 'statements',
  subject: 'x',
  aspect,
  value,
  because: [`event of ${aspect}`],
});

describe('the differences of two states', () => {
  it('are in the order of aspects: what is new, what has another value, and what is gone', () => {
    const before = [stated('d', 1), stated('b', 1), stated('a', { x: 1, y: 2 })];
    const after = [stated('c', 1), stated('b', 2), stated('a', { y: 2, x: 1 })];
    expect(diff(before, after)).toEqual([
      expect.objectContaining({ aspect: 'b', before: 1, after: 2 }),
      expect.objectContaining({ aspect: 'c', after: 1 }),
      expect.objectContaining({ aspect: 'd', before: 1, because: ['event of d'] }),
    ]);
  });

  it('can be interrupted where there are thousands of values, and are the same then', () => {
    const many = (by: number): Stated[] =>
      Array.from({ length: 3_000 }, (_, n) => stated(`ledger/${(n * 7) % 3_000}`, n % by));
    const computation = differences(many(2), many(3));
    let breaks = 0;
    let next = computation.next();
    for (; next.done !== true; next = computation.next()) breaks += 1;
    expect(breaks).toBeGreaterThanOrEqual(12);
    expect(next.value).toEqual(diff(many(2), many(3)));
    expect(next.value.map(({ aspect }) => aspect)).toEqual(next.value.map(({ aspect }) => aspect).sort());
  });
});
