import { describe, expect, it } from '@jest/globals';
import { RequestSemaphore } from './request-semaphore.js';

const never = new AbortController().signal;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Requests by name: a function that asks for one, the names that have one, in order, and the functions that end them. */
function queue(semaphore: RequestSemaphore) {
  const has: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, host: string, hasFailed = false, signal = never): void =>
    void semaphore.acquire(host, hasFailed, signal).then((release) => {
      if (!release) return;
      has.push(name);
      ends.set(name, release);
    });
  return { has, ends, ask };
}

describe('requests to receivers', () => {
  it('are limited in all and for each host; the request that waits longest is next', async () => {
    const semaphore = new RequestSemaphore({ all: 3, ofHost: 2, afterFailure: 3 });
    const { has, ends, ask } = queue(semaphore);
    ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].forEach((name) => ask(name, name[0]!));
    await settled();
    expect(has).toEqual(['a1', 'a2', 'b1']);
    ends.get('b1')!();
    ends.get('b1')!();
    await settled();
    expect(has).toEqual(['a1', 'a2', 'b1', 'b2']);
    ends.get('a1')!();
    await settled();
    expect(has.at(-1)).toBe('a3');
    expect(semaphore.underWay).toBe(3);
  });

  it('are mostly for webhooks whose last attempt did not fail', async () => {
    const { has, ends, ask } = queue(new RequestSemaphore({ all: 4, ofHost: 1, afterFailure: 1 }));
    ['f1', 'f2', 'f3', 'f4'].forEach((host) => ask(host, host, true));
    ['a', 'b', 'c', 'd'].forEach((host) => ask(host, host));
    await settled();
    expect(has).toEqual(['f1', 'a', 'b', 'c']);
    ends.get('f1')!();
    await settled();
    expect(has.at(-1)).toBe('f2');
  });

  it('are no longer waited for after the signal', async () => {
    const semaphore = new RequestSemaphore({ all: 1, ofHost: 1, afterFailure: 1 });
    const { has, ends, ask } = queue(semaphore);
    const left = new AbortController();
    ask('first', 'a');
    ask('left', 'a', false, left.signal);
    ask('last', 'a');
    left.abort();
    await settled();
    ends.get('first')!();
    await settled();
    expect(has).toEqual(['first', 'last']);
  });
});
