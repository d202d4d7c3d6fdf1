import type { Logger } from 'pino';
import type { AuditOptions } from '#data-folder';
import type { ConsumerStatus, EventLog, RunningConsumer } from '#log';
import type { Runtime } from '#runtime';
import type { Previewed, ProjectionStatus, ViewsWriter, Writers, WriterTold } from '#views';
import type { ConsumerJob } from './consumer-job.js';
import { ConsumerThread, hasConsumerThread, tellOfAppends } from './consumer-thread.js';

/** Threads are started later than the server, and not for a short command that only reads. */
const QUIET_MS = 2_000;
/** Milliseconds between two messages about appends to a thread that rests between two looks: events that arrive together share a transaction. */
const REST_MS = 50;
/** More than the number of times that one thread opens its files. */
const MOST_OPENINGS = 1_000_000;

/** The consumers that write files from the log, each in a thread of its own. */
export interface ThreadedWriters {
  readonly projections: Writers;
  readonly tree: NonNullable<AuditOptions['writer']>;
  /** From now on tells the threads of appends, until the signal. Before, they look at intervals. */
  tellOfAppends(log: EventLog, signal: AbortSignal): void;
}

/** Undefined where the server runs from its sources, as in specs: then this thread does the work. */
export function threadedWriters(
  runtime: Runtime,
  where: Pick<ConsumerJob, 'data' | 'log'>,
): ThreadedWriters | undefined {
  if (!hasConsumerThread()) return undefined;
  /** Those that are told at once, and those that rest. */
  const [prompt, resting]: [Told[], Told[]] = [[], []];
  const projection = (kind: 'views' | 'search', told: WriterTold): ConsumerThread<ProjectionStatus> => {
    const { file, checkpoint, upToDate, onStatus, onRebuild, onParked } = told;
    const thread: ConsumerThread<ProjectionStatus> = new ConsumerThread(
      runtime,
      { ...where, kind, file },
      {
        known: { ...idle(checkpoint, upToDate), opened: 0, parked: 0 },
        startAfter: upToDate ? QUIET_MS : 0,
        onStatus: () => onStatus?.(statusOf(thread)),
        onTold: (message) =>
          message.kind === 'parked' ? onParked?.(message.event) : onRebuild?.(message.reason),
      },
    );
    return thread;
  };
  return {
    projections: {
      search: (told) => {
        const thread = projection('search', told);
        resting.push((sequence) => thread.logHas(sequence));
        return asWriter(thread);
      },
      views: (told) => {
        const thread = projection('views', told);
        prompt.push(() => thread.wake());
        const preview: ViewsWriter['preview'] = async (events, question, signal) =>
          (await thread.ask({ events, question }, signal)) as Previewed;
        return Object.assign(asWriter(thread), { preview });
      },
    },
    tree: (file, size, onStatus) => {
      const thread = new ConsumerThread(
        runtime,
        { ...where, kind: 'tree', file },
        { known: idle(size, true), startAfter: QUIET_MS, onStatus },
      );
      resting.push((sequence) => thread.logHas(sequence));
      return thread;
    },
    tellOfAppends(log, signal) {
      const tellRarely = rarely(runtime, (sequence) => resting.forEach((tell) => tell(sequence)));
      const tell = (sequence: number): void => [...prompt, tellRarely].forEach((one) => one(sequence));
      void tellOfAppends(runtime, log, tell, signal);
    },
  };
}

type Told = (sequence: number) => void;

/** Tells the first sequence at once, then only the last one of each rest. */
function rarely(runtime: Runtime, tell: Told): Told {
  let [last, told, rests] = [0, 0, false];
  const tellLast = (): void => {
    if (rests || told === last) return;
    tell((told = last));
    rests = true;
    void runtime.sleep(REST_MS).then(() => {
      rests = false;
      tellLast();
    });
  };
  return (sequence) => {
    last = sequence;
    tellLast();
  };
}

function idle(sequence: number, upToDate: boolean): ConsumerStatus {
  return { state: upToDate ? 'running' : 'catchingUp', sequence, failures: 0, failuresInAll: 0 };
}

/** A restarted thread counts from 1 again; for readers, each opening has another number. */
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
const TELL_EVERY_MS = 60_000;

/** Logs when a consumer begins to fail, at intervals while it fails, and when it works again. */
export function announcing(
  runtime: Runtime,
  logger: Logger,
  consumer: string,
): (status: ConsumerStatus) => void {
  let told: number | undefined;
  return ({ state, sequence, failures, reason }) => {
    const now = runtime.elapsed();
    if (state === 'retrying') {
      if (told !== undefined && now - told < TELL_EVERY_MS) return;
      told = now;
      logger.error({ consumer, sequence, failures, reason }, 'a consumer of the log failed; it tries again');
    } else if (told !== undefined) {
      told = undefined;
      logger.warn({ consumer, sequence }, 'the consumer of the log works again');
    }
  };
}
