import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemRuntime } from '#runtime';
import { Allowance, networkOf } from './allowance.js';

const at = (elapsed: () => number) => ({ ...systemRuntime, elapsed });

describe('the requests that a client may make', () => {
  it('are the whole limit at first, and then one more request after each share of a minute', () => {
    let now = 1_000;
    const allowance = new Allowance(
      3,
      at(() => now),
    );
    expect([1, 2, 3].map(() => allowance.take('a'))).toEqual([0, 0, 0]);
    expect(allowance.take('a')).toBe(20_000);
    now += 5_000;
    expect(allowance.take('a')).toBe(15_000);
    now += 15_000;
    expect(allowance.take('a')).toBe(0);
    expect(allowance.take('a')).toBe(20_000);
    expect(allowance.take('b')).toBe(0);
  });

  it('are never more than twice the limit within a minute, and a client that waits for the time in the answer is admitted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat(9_000), { maxLength: 300 }),
        (limit, gaps) => {
          let now = 0;
          const allowance = new Allowance(
            limit,
            at(() => now),
          );
          const times: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const wait = allowance.take('a');
            if (wait > 0) now += Math.ceil(wait / 1_000) * 1_000;
            if (wait > 0) expect(allowance.take('a')).toBe(0);
            times.push(now);
          }
          for (const from of times) {
            expect(times.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(
              2 * limit,
            );
          }
        },
      ),
    );
  });

  it('are unlimited where the limit is 0', () => {
    const allowance = new Allowance(
      0,
      at(() => 0),
    );
    expect(Array.from({ length: 100 }, () => allowance.take('a'))).toEqual(Array(100).fill(0));
  });
});

describe('the network that an address counts as', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['no address', 'no address'],
  ])('%s: %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});
