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
/** The units of work that one answer about a subject may take in this thread with breaks: up to six seconds, by the kind of subject. */
const MOST_IN_TURNS = 2_000_000;

/** Milliseconds that an answer may take in another thread, with the waits for other answers there. */
export const LONGEST_MS = 30_000;

/**
 * The other place for long work. `now` gives the opening of the file that this thread reads, and the sequence that it has there: the events up to this
 * sequence count. Rejects with ViewsError `unavailable` where the other thread ends or cannot read, after `most` milliseconds, and after an abort. The
 * changes of a step may take any time: a reader of changes cannot continue without them.
 */
export function elsewhereIn(
  runtime: Runtime,
  longWork: LongWork,
  now: () => { readonly opening: number; readonly recordedAt: number },
  most = LONGEST_MS,
): Elsewhere {
  const tooLong = `There is so much to read about one subject that its answer was given up after ${most / 1_000} s: ask for a shorter interval, or again when the server does less.`;
  const thread = { longWork, name: 'views', runtime, tooLong } as const;
  return {
    most: MOST_WORK,
    mostInTurns: MOST_IN_TURNS,
    begin({ view: { name }, asked, ...task }) {
      const { opening, recordedAt } = now();
      const sent = { ...task, view: name, asked: { recordedAt, ...asked }, opening };
      const limit = task.task.what === 'changes' ? undefined : most;
      return (signal) => doneIn(thread, sent, { most: limit, signal });
    },
  };
}

/** Another thread for long work, as `doneIn` uses it. */
export interface WorkThread<T> {
  readonly runtime: Runtime;
  readonly longWork: LongWork<T>;
  readonly name: 'views' | 'search';
  /** The message of the error where the work takes too long. */
  readonly tooLong: string;
}

/**
 * The result of work in another thread. `most`: the milliseconds after which it is given up. Rejects with ViewsError `unavailable` where the thread ends or
 * cannot read, where the work is given up, and after an abort.
 */
export async function doneIn<T>(
  { runtime, longWork, name, tooLong }: WorkThread<T>,
  sent: T,
  { most, signal }: { readonly most: number | undefined; readonly signal: AbortSignal | undefined },
): Promise<unknown> {
  signal?.throwIfAborted();
  const ended = new AbortController();
  const gone = new Promise<never>((_resolve, reject) => {
    ended.signal.addEventListener('abort', () => reject(new Error('nobody waits for the answer')));
  });
  const end = (): void => ended.abort('nobody waits for the answer');
  signal?.addEventListener('abort', end, { once: true });
  try {
    const done = Promise.race([longWork.do(sent, ended.signal), gone]);
    return await (most === undefined ? done : withTimeout(runtime, most, done));
  } catch (error) {
    if (error instanceof TimeoutError) throw new ViewsError('unavailable', tooLong, { cause: error });
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === undefined) throw error;
    throw new ViewsError('unavailable', `The ${name} cannot be asked now: ${message}.`, { cause: error });
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}
