import { describe, expect, it } from '@jest/globals';
import { EARLIEST } from '#time';
import { membersThatDiffer, Moments } from './compare.js';

describe('moments', () => {
  it('are spread over all that passed, in bounded number', () => {
    const moments = new Moments(24);
    for (let instant = 1; instant <= 10_000; instant += 1) moments.pass(instant, instant + 1);
    const picked = moments.all.map(({ asOf }) => asOf);
    expect(picked.length).toBeGreaterThanOrEqual(12);
    expect(picked.length).toBeLessThanOrEqual(24);
    expect(Math.min(...picked)).toBeLessThan(1000);
    expect(Math.max(...picked)).toBeGreaterThan(9000);
    expect(moments.all.some(({ knownAt }) => knownAt !== undefined)).toBe(true);
  });

  it('are each picked once', () => {
    const moments = new Moments();
    for (let time = 0; time < 100; time += 1) moments.pass(5, 6);
    expect(moments.all).toEqual([{ asOf: 5 }]);
  });

  it('are none that lie open', () => {
    const moments = new Moments();
    moments.pass(EARLIEST, 5);
    expect(moments.all).toEqual([]);
  });
});

describe('differences', () => {
  it('name each member, in whatever order', () => {
    expect(
      membersThatDiffer(
        { id: 'x', status: 'closed', value: { a: 1, b: 2 } },
        { value: { b: 2, a: 1 }, id: 'x', status: 'open', since: 'then' },
      ),
    ).toEqual(['status: "closed", live "open"', 'since: null, live "then"']);
  });
});
