import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { SharedWork } from './shared-work.js';

/** Work that ends when it is told to. */
function works() {
  const begun: {
    readonly key: string;
    readonly signal: AbortSignal;
    readonly end: (value: string) => void;
  }[] = [];
  const shared = new SharedWork<string>();
  const ask = (key: string, signal?: AbortSignal): Promise<string> =>
    shared.next(key, (of) => new Promise((end) => begun.push({ key, signal: of, end })), signal);
  return { begun, ask };
}

describe('work that callers share', () => {
  it('is done once for all callers that ask before it begins, and again for later callers', async () => {
    const { begun, ask } = works();
    const first = ask('a');
    await turn();
    const [second, third] = [ask('a'), ask('a')];
    begun[0]!.end('one');
    expect(await first).toBe('one');
    await turn();
    begun[1]!.end('two');
    expect(await Promise.all([second, third])).toEqual(['two', 'two']);
    expect(begun).toHaveLength(2);
  });

  it('is done one at a time, also after work that failed', async () => {
    const shared = new SharedWork<string>();
    const failed = shared.next('a', () => Promise.reject(new Error('it failed')), undefined);
    const other = shared.next('b', () => Promise.resolve('done'), undefined);
    await expect(failed).rejects.toThrow('it failed');
    expect(await other).toBe('done');
  });

  it('ends for a caller that has gone, and is aborted once all callers have gone', async () => {
    const { begun, ask } = works();
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [ask('a', one.signal), ask('a', other.signal)];
    await turn();
    one.abort(new Error('gone'));
    await expect(asked[0]).rejects.toThrow('gone');
    expect(begun[0]!.signal.aborted).toBe(false);
    other.abort(new Error('gone too'));
    await expect(asked[1]).rejects.toThrow('gone too');
    expect(begun[0]!.signal.aborted).toBe(true);
  });

  it('does not begin where all callers have gone before', async () => {
    const { begun, ask } = works();
    const first = ask('a');
    await turn();
    const gone = new AbortController();
    const left = ask('b', gone.signal);
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    const later = ask('b');
    begun[0]!.end('one');
    await first;
    await turn();
    begun[1]!.end('two');
    expect(await later).toBe('two');
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
  });
});
