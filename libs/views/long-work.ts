import { TimeoutError, withTimeout, type Runtime } from '#runtime';
import type { SentTask } from './subject-tasks.js';
import type { Elsewhere } from './subject-work.js';
import { ViewsError } from './views-error.js';

/** Does work that would block this thread, in another thread. After an abort it need not settle. */
export interface LongWork<T = SentTask> {
  do(task: T, signal: AbortSignal): Promise<unknown>;
  stop(): Promise<void>;
}

/** The units of work that one subject may take in this thread without a break: some 10 to 20 ms. */
const MOST_WORK = 10_000;

/** Milliseconds that the answer of one subject may take in another thread, with the waits for other answers there. */
const LONGEST_MS = 30_000;

/**
 * The other place for long work. `now` gives the opening of the file that this thread reads, and the sequence that it has there: the events up to this
 * sequence count. Rejects with ViewsError `unavailable` where the other thread ends or cannot read, and after an abort.
 * After `most` milliseconds too. The changes of a step have no such bound: a reader of changes cannot continue without them.
 */
export function elsewhereIn(
  runtime: Runtime,
  longWork: LongWork,
  now: () => { readonly opening: number; readonly recordedAt: number },
  most = LONGEST_MS,
): Elsewhere {
  return {
    most: MOST_WORK,
    begin({ view: { name }, asked, ...task }) {
      const { opening, recordedAt } = now();
      const sent = { ...task, view: name, asked: { recordedAt, ...asked }, opening };
      const work = (signal: AbortSignal | undefined) => doneElsewhere('views', longWork, sent, signal);
      return task.task.what === 'changes' ? work : (signal) => limited(runtime, most, work, signal);
    },
  };
}

/** Gives the work up after `most` milliseconds. */
async function limited(
  runtime: Runtime,
  most: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const ended = new AbortController();
  const end = (): void => ended.abort(signal?.reason);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await withTimeout(runtime, most, work(ended.signal));
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    const message = `There is so much to read about one subject that its answer was given up after ${most / 1_000} s: ask for a shorter interval, or again when the server does less.`;
    throw new ViewsError('unavailable', message, { cause: error });
  } finally {
    signal?.removeEventListener('abort', end);
    ended.abort('nobody waits for the answer');
  }
}

/** The result of the other thread. Rejects with ViewsError `unavailable` where the thread ends or cannot read, and after an abort. */
export async function doneElsewhere<T>(
  what: 'views' | 'search',
  longWork: LongWork<T>,
  sent: T,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  signal?.throwIfAborted();
  const ended = new AbortController();
  const gone = new Promise<never>((_resolve, reject) => {
    ended.signal.addEventListener('abort', () => reject(new Error('nobody waits for the answer')));
  });
  const end = (): void => ended.abort('nobody waits for the answer');
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([longWork.do(sent, ended.signal), gone]);
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === undefined) throw error;
    throw new ViewsError('unavailable', `The ${what} cannot be asked now: ${message}.`, { cause: error });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
