import { describe, expect, it } from '@jest/globals';
import { systemRuntime, type Runtime } from '#runtime';
import {
  Consumer,
  type ConsumerOptions,
  type ConsumerStatus,
  type Sink,
  type ConsumerSource,
} from './consumer.js';

/** A list of numbers, and the callers that wait for it to grow. */
class List implements ConsumerSource<number> {
  readonly items: number[] = [];
  failure: Error | undefined;

  async after(position: number, limit: number): Promise<number[]> {
    if (this.failure) throw this.failure;
    return this.items.slice(position, position + limit);
  }

  async head(): Promise<number> {
    return this.items.length;
  }

  async reached(position: number, { timeout, signal }: { timeout: number; signal?: AbortSignal }) {
    const deadline = performance.now() + timeout;
    while (this.items.length < position && !signal?.aborted && performance.now() < deadline)
      await systemRuntime.sleep(1);
    return this.items.length >= position;
  }
}

/** Keeps the sums of the numbers; `room` is how many numbers fit. */
class Sums implements Sink<number> {
  checkpoint = 0;
  position = 0;
  sum = 0;
  room = Infinity;
  attempts = 0;
  private added = 0;

  apply(batch: readonly number[], { more }: { readonly more: boolean }): void {
    this.attempts += 1;
    this.added += batch.reduce((sum, n) => sum + n, 0);
    this.position += batch.length;
    if (!more) this.commit();
  }

  commit(): void {
    if (this.position > this.room) {
      this.position = this.checkpoint;
      this.added = 0;
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    }
    this.sum += this.added;
    this.added = 0;
    this.checkpoint = this.position;
  }
}

/** A runtime in which every wait is short and remembered. */
function hasty(waits: number[]): Runtime {
  return {
    ...systemRuntime,
    random: () => 1,
    sleep: (milliseconds, signal) => {
      waits.push(milliseconds);
      return systemRuntime.sleep(Math.min(milliseconds, 2), signal);
    },
  };
}

function consuming(options: ConsumerOptions = {}) {
  const [list, sums, waits] = [new List(), new Sums(), [] as number[]];
  const states: ConsumerStatus[] = [];
  const consumer = new Consumer(hasty(waits), list, sums, {
    onStatus: (status) => states.push(status),
    ...options,
  });
  return { list, sums, waits, states, consumer };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await systemRuntime.sleep(1);
}

describe('a consumer', () => {
  it('applies the events that exist, then new events, and lets callers wait for it', async () => {
    const { list, sums, consumer } = consuming({ batch: 2 });
    list.items.push(1, 2, 3, 4, 5);
    void consumer.run();
    await until(() => consumer.gate.value === 5);
    await until(() => consumer.status.state === 'running');
    list.items.push(6);
    await until(() => consumer.gate.value === 6);
    expect([sums.sum, consumer.status.sequence]).toEqual([21, 6]);
    await consumer.stop();
    expect(consumer.status.state).toBe('stopped');
    expect(await consumer.gate.reached(7, { timeout: 30_000 })).toBe(false);
  });

  it('retries what fails, at longer and longer intervals, gives the reason, and continues', async () => {
    const { list, sums, waits, states, consumer } = consuming();
    sums.room = 0;
    list.items.push(1, 2, 3);
    void consumer.run();
    await until(() => consumer.status.failures === 12);
    const { state, reason, since, nextTry, sequence } = consumer.status;
    expect({ state, reason, sequence }).toEqual({
      state: 'retrying',
      reason: 'the disk is full',
      sequence: 0,
    });
    expect(nextTry).toBeGreaterThan(since!);
    expect(waits.slice(0, 9)).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    sums.room = Infinity;
    await until(() => consumer.gate.value === 3);
    await until(() => consumer.status.state === 'running');
    expect(consumer.status).toMatchObject({ failures: 0, sequence: 3 });
    expect(consumer.status.failuresInAll).toBeGreaterThanOrEqual(12);
    expect(states.map(({ state: s }) => s)).toContain('retrying');
    await consumer.stop();
  });

  it('does not count batches as progress if their commit fails', async () => {
    const { list, sums, waits, consumer } = consuming({ batch: 10, farBehind: 5 });
    sums.room = 15;
    list.items.push(...Array.from({ length: 100 }, () => 1));
    void consumer.run();
    await until(() => consumer.status.failures >= 5);
    expect(waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(consumer.status.sequence).toBe(0);
    await consumer.stop();
  });

  it('continues when its source can be read again', async () => {
    const { list, sums, consumer } = consuming();
    list.items.push(1, 2);
    list.failure = new Error('the log cannot be read');
    void consumer.run();
    await until(() => consumer.status.failures >= 3);
    expect(consumer.status.reason).toBe('the log cannot be read');
    list.failure = undefined;
    await until(() => consumer.gate.value === 2);
    expect(sums.sum).toBe(3);
    await consumer.stop();
  });

  it('does not retry earlier where somebody waits for it', async () => {
    const [list, sums] = [new List(), new Sums()];
    const consumer = new Consumer(systemRuntime, list, sums);
    sums.room = 0;
    list.items.push(1);
    void consumer.run();
    await until(() => consumer.status.failures === 4);
    const { attempts } = sums;
    for (let n = 0; n < 50; n += 1) consumer.wake();
    await systemRuntime.turn();
    expect(sums.attempts - attempts).toBeLessThanOrEqual(1);
    await consumer.stop();
  });

  it('catches up once on demand, and says so where that fails', async () => {
    const { list, sums, consumer } = consuming();
    list.items.push(1, 2, 3);
    sums.room = 0;
    await expect(consumer.catchUp()).rejects.toThrow('full');
    sums.room = Infinity;
    await consumer.catchUp();
    expect(sums.sum).toBe(6);
  });

  it('lets batches of a burst share a commit, unless somebody waits', async () => {
    const { list, states, consumer } = consuming({ batch: 2, commitWithin: 60_000 });
    const seen = (): number[] => [...new Set(states.splice(0).map(({ sequence }) => sequence))];
    list.items.push(1, 2, 3, 4, 5);
    void consumer.run();
    await until(() => consumer.status.state === 'running');
    expect(seen()).toEqual([0, 5]);
    list.items.push(6, 7, 8, 9);
    consumer.wake();
    await until(() => consumer.gate.value === 9);
    expect(seen()).toEqual([7, 9]);
    await consumer.stop();
  });

  it('pauses between two reads of its source, unless somebody waits', async () => {
    const { list, waits, consumer } = consuming({ rest: 50 });
    void consumer.run();
    await until(() => waits.includes(50));
    list.items.push(1);
    consumer.wake();
    await until(() => consumer.gate.value === 1);
    await consumer.stop();
  });
});
