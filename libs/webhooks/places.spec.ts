import { describe, expect, it } from '@jest/globals';
import { Places } from './places.js';

const never = new AbortController().signal;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Takes a place for each, in order; returns the names that have one, and their functions. */
function queue(places: Places) {
  const has: string[] = [];
  const giveBack = new Map<string, () => void>();
  const ask = (name: string, host: string, hasFailed = false, signal = never): void =>
    void places.take(host, hasFailed, signal).then((give) => {
      if (!give) return;
      has.push(name);
      giveBack.set(name, give);
    });
  return { has, giveBack, ask };
}

describe('the places for requests', () => {
  it('are limited in all and for each host; the one that waits longest is next', async () => {
    const places = new Places({ all: 3, ofHost: 2, afterFailure: 3 });
    const { has, giveBack, ask } = queue(places);
    ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].forEach((name) => ask(name, name[0]!));
    await settled();
    expect(has).toEqual(['a1', 'a2', 'b1']);
    giveBack.get('b1')!();
    giveBack.get('b1')!();
    await settled();
    expect(has).toEqual(['a1', 'a2', 'b1', 'b2']);
    giveBack.get('a1')!();
    await settled();
    expect(has.at(-1)).toBe('a3');
    expect(places.taken).toBe(3);
  });

  it('are mostly for webhooks whose last attempt did not fail', async () => {
    const { has, giveBack, ask } = queue(new Places({ all: 4, ofHost: 1, afterFailure: 1 }));
    ['f1', 'f2', 'f3', 'f4'].forEach((host) => ask(host, host, true));
    ['a', 'b', 'c', 'd'].forEach((host) => ask(host, host));
    await settled();
    expect(has).toEqual(['f1', 'a', 'b', 'c']);
    giveBack.get('f1')!();
    await settled();
    expect(has.at(-1)).toBe('f2');
  });

  it('are no longer waited for after the signal', async () => {
    const places = new Places({ all: 1, ofHost: 1, afterFailure: 1 });
    const { has, giveBack, ask } = queue(places);
    const left = new AbortController();
    ask('first', 'a');
    ask('left', 'a', false, left.signal);
    ask('last', 'a');
    left.abort();
    await settled();
    giveBack.get('first')!();
    await settled();
    expect(has).toEqual(['first', 'last']);
  });
});
