import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LONGEST_WAIT, retryAfterIn, waitAfter, WAITS } from './retry-waits.js';

const HOUR = 3_600_000;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the wait before a message is sent again', () => {
  it('is longer after each failure, 48 hours in all, and ends after the thirteenth attempt', () => {
    expect(WAITS.map((_, n) => waitAfter(n + 1, 0.5))).toEqual([...WAITS]);
    const all = WAITS.reduce((sum, wait) => sum + wait, 0);
    expect(all / HOUR).toBeGreaterThan(47.5);
    expect(all / HOUR).toBeLessThan(48);
    expect(waitAfter(13, 0.5)).toBeUndefined();
  });

  it('is at most a fifth shorter or longer, and at least what the receiver asks for, up to 12 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), chance, fc.nat(100 * HOUR), (failures, drawn, asked) => {
        const usual = WAITS[failures - 1]!;
        const wait = waitAfter(failures, drawn)!;
        expect(wait).toBeGreaterThanOrEqual(usual * 0.8 - 1);
        expect(wait).toBeLessThanOrEqual(usual * 1.2 + 1);
        expect(waitAfter(failures, drawn, asked)).toBe(Math.max(wait, Math.min(asked, 12 * HOUR)));
        expect(waitAfter(failures, drawn, asked)).toBeLessThanOrEqual(LONGEST_WAIT);
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2025, 10, 10, 12);

  it.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['Mon, 10 Nov 2025 12:01:00 GMT', 60_000],
    ['Mon, 10 Nov 2025 11:00:00 GMT', 0],
  ])('%s is %s ms', (header, wait) => {
    expect(retryAfterIn(header, now)).toBe(wait);
  });

  it.each([undefined, '', '-1', '1.5', 'soon', '1e9', '9999999999', '2025-11-10'])('%s is none', (header) => {
    expect(retryAfterIn(header, now)).toBeUndefined();
  });
});
