import { describe, expect, it } from '@jest/globals';
import { finished, systemRuntime, Turnstile, type Interruptible } from './index.js';

const STREAM = { lane: 'streams' } as const;
const ANSWER = { lane: 'answers' } as const;

/** A clock that advances by a number of milliseconds each time it is read. */
function turnstile(step: number, slice = 5): { readonly turns: Turnstile; readonly loops: () => number } {
  let [elapsed, loops] = [0, 0];
  const turn = (): Promise<void> => {
    loops += 1;
    return systemRuntime.turn();
  };
  const turns = new Turnstile({ ...systemRuntime, elapsed: () => (elapsed += step), turn }, slice);
  return { turns, loops: () => loops };
}

function* countTo(most: number): Interruptible<number> {
  for (let n = 0; n < most; n += 1) yield;
  return most;
}

describe('a turnstile', () => {
  it('does one task in a turn of the event loop where a task uses up the turn', async () => {
    const { turns, loops } = turnstile(5);
    await Promise.all(Array.from({ length: 20 }, () => turns.run(() => undefined, STREAM)));
    expect(loops()).toBe(20);
  });

  it('does several tasks in one turn where they are short', async () => {
    const { turns, loops } = turnstile(1);
    await Promise.all(Array.from({ length: 20 }, () => turns.run(() => undefined, STREAM)));
    expect(loops()).toBe(4);
    expect(turns.count).toBe(20);
  });

  it('counts what a task does after it has awaited something', async () => {
    let [elapsed, loops] = [0, 0];
    const turn = (): Promise<void> => {
      loops += 1;
      return systemRuntime.turn();
    };
    const turns = new Turnstile({ ...systemRuntime, elapsed: () => elapsed, turn }, 5);
    const task = async (): Promise<void> => {
      await Promise.resolve();
      elapsed += 5;
    };
    await Promise.all(Array.from({ length: 20 }, () => turns.run(task, STREAM)));
    expect(loops).toBeGreaterThanOrEqual(20);
  });

  it('does not wait for a task that waits for something outside', async () => {
    const { turns } = turnstile(1);
    const never = turns.run(() => new Promise<void>(() => undefined), STREAM);
    expect(await Promise.race([never, turns.run(() => 'the next', STREAM)])).toBe('the next');
  });

  it('goes in the order of arrival, so that nobody is served twice before everybody was served once', async () => {
    const { turns } = turnstile(5);
    const order: string[] = [];
    const reader = async (name: string): Promise<void> => {
      for (let n = 0; n < 3; n += 1) await turns.run(() => order.push(name), STREAM);
    };
    await Promise.all(['a', 'b', 'c'].map(reader));
    expect(order.join('')).toBe('abcabcabc');
  });

  it('alternates between answers and streams, so that many streams do not delay an answer', async () => {
    const { turns } = turnstile(5);
    const order: string[] = [];
    const streams = Array.from({ length: 6 }, () => turns.run(() => order.push('s'), STREAM));
    const answers = Array.from({ length: 2 }, () => turns.run(() => order.push('a'), ANSWER));
    await Promise.all([...streams, ...answers]);
    expect(order.join('')).toBe('asasssss');
  });

  it('lets everything else that is ready have its turn between two turns of tasks', async () => {
    const { turns } = turnstile(5);
    const order: string[] = [];
    const work = Promise.all([1, 2, 3].map((n) => turns.run(() => order.push(`task ${n}`), STREAM)));
    setImmediate(() => order.push('a request'));
    await work;
    expect(order).toEqual(['task 1', 'a request', 'task 2', 'task 3']);
  });

  it('accepts new connections first, if one arrives in each turn of the event loop', async () => {
    const { turns } = turnstile(1);
    const order: string[] = [];
    const connect = (left: number): void => {
      order.push('connection');
      turns.connected();
      if (left > 1) setImmediate(connect, left - 1);
    };
    setImmediate(connect, 3);
    await turns.run(() => order.push('task'), STREAM);
    expect(order).toEqual(['connection', 'connection', 'connection', 'task']);
  });

  it('continues with tasks although connections keep arriving', async () => {
    const { turns } = turnstile(1);
    let isOver = false;
    const connect = (): void => {
      turns.connected();
      if (!isOver) setImmediate(connect);
    };
    connect();
    await Promise.all(Array.from({ length: 20 }, () => turns.run(() => undefined, STREAM)));
    isOver = true;
    expect(turns.count).toBe(20);
  });

  it('rejects with the error of a task, and continues', async () => {
    const { turns } = turnstile(1);
    const failing = turns.run(() => {
      throw new Error('no');
    }, STREAM);
    await expect(failing).rejects.toThrow('no');
    expect(await turns.run(() => 7, STREAM)).toBe(7);
  });

  it('does nothing for a client that has disconnected', async () => {
    const { turns } = turnstile(1);
    const gone = new AbortController();
    let done = 0;
    const waiting = turns.run(() => (done += 1), { ...STREAM, signal: gone.signal });
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(turns.run(() => (done += 1), { ...STREAM, signal: gone.signal })).rejects.toThrow('gone');
    await turns.run(() => undefined, STREAM);
    expect(done).toBe(0);
  });

  it('interrupts a long computation when a turn is over', async () => {
    const { turns, loops } = turnstile(1);
    expect(await turns.finish(countTo(100), ANSWER)).toBe(100);
    expect(loops()).toBeGreaterThan(15);
    expect(finished(countTo(100))).toBe(100);
  });

  it('begins a computation immediately where it may, before all tasks, and continues it in its turn', async () => {
    const { turns } = turnstile(5);
    const order: string[] = [];
    function* short(name: string, steps: number): Interruptible<void> {
      for (let n = 1; n <= steps; n += 1) {
        order.push(`${name} ${n}`);
        if (n < steps) yield;
      }
    }
    const task = turns.run(() => void order.push('a task'), ANSWER);
    await Promise.all([
      task,
      turns.finish(short('long', 2), { ...ANSWER, beginsNow: true }),
      turns.finish(short('short', 1), { ...ANSWER, beginsNow: true }),
    ]);
    expect(order).toEqual(['long 1', 'short 1', 'a task', 'long 2']);
  });

  it('ends a long computation whose client has disconnected', async () => {
    const { turns } = turnstile(1);
    const gone = new AbortController();
    const long = turns.finish(countTo(Infinity), { ...ANSWER, signal: gone.signal });
    await turns.run(() => gone.abort(new Error('gone')), STREAM);
    await expect(long).rejects.toThrow('gone');
  });
});
