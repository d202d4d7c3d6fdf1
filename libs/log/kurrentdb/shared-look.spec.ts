import { describe, expect, it } from '@jest/globals';
import { SharedLook } from './shared-look.js';

describe('a shared look', () => {
  it('gives each who asks what was seen after it asked, with as few looks as that takes', async () => {
    let now = 0;
    let looks = 0;
    const shared = new SharedLook(async () => {
      looks += 1;
      const seen = now;
      await new Promise((resolve) => setTimeout(resolve, 10));
      return seen;
    });
    const first = shared.ask();
    now = 1;
    const others = [shared.ask(), shared.ask(), shared.ask()];
    expect(await first).toBe(0);
    expect(await Promise.all(others)).toEqual([1, 1, 1]);
    expect(looks).toBe(2);
    now = 2;
    expect(await shared.ask()).toBe(2);
  });

  it('fails for those who share it, and is made anew for the next', async () => {
    let fails = true;
    const shared = new SharedLook(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve('seen')));
    const both = [shared.ask(), shared.ask()];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await shared.ask()).toBe('seen');
  });
});
