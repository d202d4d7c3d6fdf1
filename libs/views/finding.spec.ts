import { describe, expect, it } from '@jest/globals';
import { bothOf, distinct, type Outcome } from './finding.js';

const outcome = (n: number, claimed = false): Outcome<object> => ({
  value: { status: n % 2 === 0 ? 'open' : 'closed' },
  because: [`e${n}`],
  claimed,
});

describe('the outcomes of a finding', () => {
  it('have each value once, with all its events, in the order of the first outcomes', () => {
    expect(distinct([outcome(1, true), outcome(2), outcome(3, true), outcome(4, true)])).toEqual([
      { ...outcome(1, true), because: ['e1', 'e3'] },
      { ...outcome(2), because: ['e2', 'e4'] },
    ]);
  });

  // Where each joined pair copies the events before it, this takes hours.
  it('are joined by the hundred thousand', () => {
    const many = Array.from({ length: 200_000 }, (_, n) => outcome(n));
    expect(distinct(many).map(({ because }) => because.length)).toEqual([100_000, 100_000]);
  });

  it('have the later of two announced ends, or none', () => {
    const until = (earliest: number, latest: number) => ({ ...outcome(1), until: { earliest, latest } });
    expect(bothOf(until(1, 5), until(2, 3)).until).toEqual({ earliest: 2, latest: 5 });
    expect(bothOf(until(1, 5), outcome(1)).until).toBeUndefined();
  });
});
