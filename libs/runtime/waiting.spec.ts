import { describe, expect, it } from '@jest/globals';
import { backoff, systemRuntime, TimeoutError, TimeSlices, withTimeout } from './index.js';

describe('withTimeout', () => {
  it('gives the outcome of work that ends in time', async () => {
    expect(await withTimeout(systemRuntime, 60_000, Promise.resolve(7))).toBe(7);
    await expect(withTimeout(systemRuntime, 60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('rejects where the work does not end in time', async () => {
    await expect(withTimeout(systemRuntime, 5, new Promise(() => undefined))).rejects.toThrow(TimeoutError);
  });
});

describe('backoff', () => {
  const chance = (random: number) => ({ ...systemRuntime, random: () => random });

  it('doubles from the first wait to the greatest', () => {
    const waits = [1, 2, 3, 4, 5, 1_000].map((failures) =>
      backoff(chance(0.999_999), failures, { first: 100, most: 1_000 }),
    );
    expect(waits.map(Math.round)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('takes away at most half of a wait, at random', () => {
    expect(backoff(chance(0), 1, { first: 100, most: 1_000 })).toBe(50);
  });
});

describe('time slices', () => {
  it('let other work run when their time is used up, and not before', async () => {
    let now = 0;
    let turns = 0;
    const turn = async (): Promise<void> => void (turns += 1);
    const slices = new TimeSlices({ ...systemRuntime, elapsed: () => now, turn }, 10);
    for (now = 0; now <= 30; now += 1) await slices.next();
    expect(turns).toBe(3);
  });
});
