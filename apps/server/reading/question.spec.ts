import { describe, expect, it } from '@jest/globals';
import { systemRuntime, Turnstile, type Interruptible } from '#runtime';
import type { Question, Views } from '#views';
import { computeInTurns } from './question.js';

const CUT = { asOf: 0, zone: 'UTC', pinned: false };

/** Views whose sequence the spec sets, and an interruptible answer: each part says at which sequence it was read. */
function fixture() {
  const views = { sequence: 7, state: {} };
  const turns = new Turnstile(systemRuntime, 0);
  const ask = (parts: number, cut: object, meanwhile: (done: number) => void, signal?: AbortSignal) => {
    let done = 0;
    function* answer(question?: Question): Interruptible<number[]> {
      const read: number[] = [];
      for (let n = 0; n < parts; n += 1) {
        read.push(question?.recordedAt ?? views.sequence);
        meanwhile((done += 1));
        yield;
      }
      return read;
    }
    return computeInTurns(views as unknown as Views, turns, [{ ...CUT, ...cut }], { signal }, answer);
  };
  return { views, ask };
}

describe('a long answer', () => {
  it('is of one sequence although events arrive at the same time: it is computed again at the new sequence', async () => {
    const { views, ask } = fixture();
    const computed = await ask(5, {}, () => (views.sequence += 1));
    expect(computed).toEqual({ result: Array(5).fill(8), sequence: 8 });
  });

  it('that is pinned to a sequence continues while events arrive', async () => {
    const { views, ask } = fixture();
    let parts = 0;
    const computed = await ask(5, { recordedAt: 3 }, () => {
      views.sequence += 1;
      parts += 1;
    });
    expect(computed.result).toEqual(Array(5).fill(3));
    expect(parts).toBe(5);
  });

  it('is not read from a file that was replaced while it was computed', async () => {
    const { views, ask } = fixture();
    const computed = await ask(5, {}, (done) => {
      if (done === 2) Object.assign(views, { state: {}, sequence: 6 });
    });
    expect(computed).toEqual({ result: Array(5).fill(6), sequence: 6 });
  });

  it('ends when the client disconnects', async () => {
    const { ask } = fixture();
    const gone = new AbortController();
    const asked = ask(
      Infinity,
      {},
      (done) => void (done === 3 && gone.abort(new Error('gone'))),
      gone.signal,
    );
    await expect(asked).rejects.toThrow('gone');
  });
});
