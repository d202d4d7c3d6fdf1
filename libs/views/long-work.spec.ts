import { describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { crossings } from './crossings.js';
import { elsewhereIn, type LongWork } from './long-work.js';
import type { TaskOfSubject } from './subject-work.js';

const MOST = 20;
const now = () => ({ opening: 1, recordedAt: 1 });

/** Work that never ends, and whether it was given up. */
function endless(): { readonly longWork: LongWork; readonly isGivenUp: () => boolean } {
  let given: AbortSignal | undefined;
  const work = (_task: unknown, signal: AbortSignal): Promise<unknown> => {
    given = signal;
    return new Promise(() => undefined);
  };
  return { longWork: { do: work, stop: async () => undefined }, isGivenUp: () => given?.aborted === true };
}

const begun = (longWork: LongWork, task: TaskOfSubject, signal?: AbortSignal): Promise<unknown> =>
  elsewhereIn(systemRuntime, longWork, now, MOST).begin({ view: crossings, id: 'x', asked: {}, task })(
    signal,
  );

describe('work in another thread', () => {
  it('is given up after a time limit, and the error says so', async () => {
    const { longWork, isGivenUp } = endless();
    await expect(begun(longWork, { what: 'result' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('given up after 0.02 s'),
    });
    expect(isGivenUp()).toBe(true);
  });

  it('has no time limit where a reader of changes needs it: it ends when the reader leaves', async () => {
    const { longWork, isGivenUp } = endless();
    const gone = new AbortController();
    const compared = { before: { asOf: 0 }, after: { asOf: 1 }, at: 1, cause: 'clock' } as const;
    const asked = begun(longWork, { what: 'changes', compared, touched: { subject: 'x' } }, gone.signal);
    asked.catch(() => undefined);
    await systemRuntime.sleep(3 * MOST);
    expect(isGivenUp()).toBe(false);
    gone.abort();
    await expect(asked).rejects.toThrow('nobody waits for the answer');
    expect(isGivenUp()).toBe(true);
  });
});
