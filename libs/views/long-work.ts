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

/**
 * The other place for long work. `now` gives the opening of the file that this thread reads, and the sequence that it has there: the events up to this
 * sequence count. Rejects with ViewsError `unavailable` where the other thread ends or cannot read, and after an abort.
 */
export function elsewhereIn(
  longWork: LongWork,
  now: () => { readonly opening: number; readonly recordedAt: number },
): Elsewhere {
  return {
    most: MOST_WORK,
    begin({ view: { name }, asked, ...task }) {
      const { opening, recordedAt } = now();
      const sent = { ...task, view: name, asked: { recordedAt, ...asked }, opening };
      return (signal) => doneElsewhere('views', longWork, sent, signal);
    },
  };
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
