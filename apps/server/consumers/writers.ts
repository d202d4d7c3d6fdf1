import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import type { AuditOptions } from '#data-folder';
import type { ConsumerStatus, EventLog, RunningConsumer } from '#log';
import type { Runtime } from '#runtime';
import type {
  LongWork,
  Previewed,
  ProjectionStatus,
  SentSearch,
  SentTask,
  ViewsWriter,
  Writers,
  ThreadedWriterOptions,
} from '#views';
import { sentList, type ConsumerJob } from './consumer-job.js';
import { ConsumerThread, hasConsumerThread, notifyOfAppends } from './consumer-thread.js';

/** Milliseconds from the start of the server to the start of a thread: a short command that only reads needs no thread. */
const QUIET_MS = 2_000;
/**
 * Milliseconds between two notices of appends to a thread, so that more events share a transaction. A caller that waits wakes the thread.
 */
const VIEWS_INTERVAL_MS = 10;
const INTERVAL_MS = 50;
/** More openings of a file than one thread ever makes. */
const MOST_OPENINGS = 1_000_000;

/** The consumers that write files from the log, each in a thread of its own. */
export interface ThreadedWriters {
  readonly projections: Writers;
  readonly tree: NonNullable<AuditOptions['writer']>;
  /** Its thread starts at the first long work. `file`: the file of the views. */
  readonly longWork: (file: string) => LongWork;
  /** Its thread starts at the first long search. `file`: the file of the views. */
  readonly longSearches: (file: string) => LongWork<SentSearch>;
  /** Notifies the threads of appends, from now until the signal is aborted. Before that, the threads poll. */
  notifyOfAppends(log: EventLog, signal: AbortSignal): void;
}

/** Undefined where the server runs from its sources, as in specs: then this thread does the work. */
export function threadedWriters(
  runtime: Runtime,
  where: Pick<ConsumerJob, 'data' | 'log'>,
): ThreadedWriters | undefined {
  if (!hasConsumerThread()) return undefined;
  const notified: Notify[] = [];
  const projection = (
    kind: 'views' | 'search',
    options: ThreadedWriterOptions,
  ): ConsumerThread<ProjectionStatus> => {
    const { file, checkpoint, upToDate, onStatus, onRebuild, onParked } = options;
    const thread: ConsumerThread<ProjectionStatus> = new ConsumerThread(
      runtime,
      { ...where, kind, file },
      {
        initial: { ...idle(checkpoint, upToDate), opened: 0, parked: 0 },
        startAfter: upToDate ? QUIET_MS : 0,
        onStatus: () => onStatus?.(statusOf(thread)),
        onMessage: (message) =>
          message.kind === 'parked' ? onParked?.(message.event) : onRebuild?.(message.reason),
      },
    );
    return thread;
  };
  const answering = (kind: 'answers' | 'searches', file: string): LongWork<SentTask | SentSearch> => {
    const thread = new ConsumerThread(
      runtime,
      { ...where, kind, file },
      { initial: idle(0, true), startAfter: Infinity, heap: heapForAnswers() },
    );
    return { do: (task, signal) => thread.ask(task, signal), stop: () => thread.stop() };
  };
  return {
    projections: {
      search: (options) => {
        const thread = projection('search', options);
        notified.push(throttle(runtime, INTERVAL_MS, (sequence) => thread.logHas(sequence)));
        return asWriter(thread);
      },
      views: (options) => {
        const thread = projection('views', options);
        // The first append starts the thread.
        const notify: Notify = (sequence) => (thread.starts === 0 ? thread.wake() : thread.logHas(sequence));
        notified.push(throttle(runtime, VIEWS_INTERVAL_MS, notify));
        const preview: ViewsWriter['preview'] = async (events, question, signal) =>
          (await thread.ask({ events: await sentList(runtime, events), question }, signal)) as Previewed;
        return Object.assign(asWriter(thread), { preview });
      },
    },
    tree: (file, size, onStatus) => {
      const thread = new ConsumerThread(
        runtime,
        { ...where, kind: 'tree', file },
        { initial: idle(size, true), startAfter: QUIET_MS, onStatus },
      );
      notified.push(throttle(runtime, INTERVAL_MS, (sequence) => thread.logHas(sequence)));
      return thread;
    },
    longWork: (file) => answering('answers', file),
    longSearches: (file) => answering('searches', file),
    notifyOfAppends(log, signal) {
      const all = (sequence: number): void => notified.forEach((notify) => notify(sequence));
      void notifyOfAppends(runtime, log, all, signal);
    },
  };
}

/** Half of the heap that this process may have, and a gigabyte at most: the answers of one thread do not end the process. */
const heapForAnswers = (): number =>
  Math.min(1_024, Math.floor(getHeapStatistics().heap_size_limit / 2 ** 21));

type Notify = (sequence: number) => void;

/** Passes the first sequence on immediately, then only the last sequence of each interval. */
function throttle(runtime: Runtime, interval: number, notify: Notify): Notify {
  let [last, sent, isPausing] = [0, 0, false];
  const sendLast = (): void => {
    if (isPausing || sent === last) return;
    notify((sent = last));
    isPausing = true;
    void runtime.sleep(interval).then(() => {
      isPausing = false;
      sendLast();
    });
  };
  return (sequence) => {
    last = sequence;
    sendLast();
  };
}

function idle(sequence: number, upToDate: boolean): ConsumerStatus {
  return { state: upToDate ? 'running' : 'catchingUp', sequence, failures: 0, failuresInAll: 0 };
}

/** A restarted thread counts its openings from 1 again. Readers need another number for each opening, so the number of starts is added. */
function statusOf(thread: ConsumerThread<ProjectionStatus>): ProjectionStatus {
  const { status } = thread;
  return { ...status, opened: status.opened === 0 ? 0 : thread.starts * MOST_OPENINGS + status.opened };
}

function asWriter(thread: ConsumerThread<ProjectionStatus>): RunningConsumer<ProjectionStatus> {
  return {
    gate: thread.gate,
    get status() {
      return statusOf(thread);
    },
    wake: () => thread.wake(),
    stop: () => thread.stop(),
  };
}

/** Milliseconds between two messages about a consumer that keeps failing. */
const LOG_EVERY_MS = 60_000;

/** Takes the statuses of a consumer, and logs when it begins to fail, at intervals while it fails, and when it works again. */
export function failureLogger(
  runtime: Runtime,
  logger: Logger,
  consumer: string,
): (status: ConsumerStatus) => void {
  let logged: number | undefined;
  return ({ state, sequence, failures, reason }) => {
    const now = runtime.elapsed();
    if (state === 'retrying') {
      if (logged !== undefined && now - logged < LOG_EVERY_MS) return;
      logged = now;
      logger.error({ consumer, sequence, failures, reason }, 'a consumer of the log failed; it tries again');
    } else if (logged !== undefined) {
      logged = undefined;
      logger.warn({ consumer, sequence }, 'the consumer of the log works again');
    }
  };
}
