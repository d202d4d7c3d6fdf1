/** A thread in which one consumer runs, or which only answers; `consumer-thread.ts` starts it, `consumer-job.ts` has its messages. */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openLogBeside } from '#data-folder';
import type { EventLog, RecordedEvent, RunningConsumer } from '#log';
import { systemRuntime as runtime } from '#runtime';
import type { LocalViewsWriter, SentSearch, SentTask } from '#views';
import {
  received,
  sentAnswer,
  sentError,
  type ConsumerJob,
  type FromThread,
  type PreviewAsked,
  type ToThread,
} from './consumer-job.js';

/** Milliseconds that this thread may block for another process: it blocks only itself. */
const BUSY_TIMEOUT_MS = 1_000;

const port = parentPort;
if (port === null) throw new Error('This file must run in a thread of the server');
const job = workerData as ConsumerJob;
const send = (message: FromThread): void => port.postMessage(message);

try {
  yieldToServer();
  if (job.kind === 'answers' || job.kind === 'searches') await onlyAnswer();
  else await consume();
} catch (error) {
  send({ kind: 'crash', why: sentError(error) });
  throw error;
}

async function consume(): Promise<void> {
  const log = openLogBeside(runtime, job.data, job.log);
  const running = await begun(log);
  // Only the thread of the views is asked.
  const writer = running as LocalViewsWriter;
  port!.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'wake':
        return running.wake();
      case 'head':
        return log.advanced(message.sequence);
      case 'ask':
        return void answer(message, async (asked: PreviewAsked, signal) => {
          const events = (await received(runtime, asked.events)) as RecordedEvent[];
          return writer.preview(events, asked.question, signal);
        });
      case 'stop':
        return void stop(log, running, message.finish);
    }
  });
}

async function onlyAnswer(): Promise<void> {
  const { SentSearches, SubjectTasks } = await import('#views');
  const tasks =
    job.kind === 'searches' ? new SentSearches(runtime, job.file) : new SubjectTasks(runtime, job.file);
  port!.on('message', (message: ToThread) => {
    if (message.kind === 'ask')
      return void answer(message, (asked: SentTask & SentSearch, signal) => tasks.do(asked, signal));
    if (message.kind !== 'stop') return undefined;
    tasks.close();
    return port!.close();
  });
  send({ kind: 'status', status: { state: 'running', sequence: 0, failures: 0, failuresInAll: 0 } });
}

async function begun(log: EventLog): Promise<RunningConsumer> {
  const onStatus = (status: RunningConsumer['status']): void => send({ kind: 'status', status });
  if (job.kind === 'tree') {
    const { writeTree } = await import('#data-folder');
    return writeTree(runtime, job.file, log, onStatus);
  }
  const { writeSearch, writeViews } = await import('#views');
  const write = job.kind === 'views' ? writeViews : writeSearch;
  return write(runtime, job.file, log, {
    busyTimeout: BUSY_TIMEOUT_MS,
    onStatus,
    onRebuild: (reason) => send({ kind: 'rebuild', reason }),
    onParked: (event) => send({ kind: 'parked', event }),
  });
}

async function answer<A>(
  { id, asked, dropped }: Extract<ToThread, { kind: 'ask' }>,
  find: (asked: A, signal: Pick<AbortSignal, 'aborted'>) => Promise<unknown>,
): Promise<void> {
  const signal = {
    get aborted() {
      return Atomics.load(dropped, 0) === 1;
    },
  };
  try {
    const answer = sentAnswer(await find(asked as A, signal));
    send({ kind: 'answer', id, answer });
  } catch (error) {
    send({ kind: 'refused', id, why: sentError(error) });
  }
}

async function stop(log: EventLog, running: RunningConsumer, finish: number): Promise<void> {
  if (finish > 0) {
    const head = await log.head().catch(() => ({ sequence: 0 }));
    running.wake();
    await running.gate.reached(head.sequence, { timeout: finish });
  }
  await running.stop();
  await log.close();
  port?.close();
}

/** Where processors are scarce, appends and answers have priority. Linux sets priorities by thread; elsewhere all stay equal. */
function yieldToServer(): void {
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), 5);
  } catch {
    // A failure changes nothing else.
  }
}
