import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { Failures, type ConsumerStatus, type EventLog, type RunningConsumer } from '#log';
import { Gate, type Runtime } from '#runtime';
import type { SentSearch, SentTask } from '#views';
import {
  received,
  receivedError,
  type ConsumerJob,
  type FromThread,
  type PreviewAsked,
  type ToThread,
} from './consumer-job.js';

export interface ThreadOptions<S extends ConsumerStatus> {
  /** The status before the first message of the thread. */
  readonly initial: S;
  /** Milliseconds before the thread is started, unless somebody waits for it (default 0). `Infinity`: it starts when somebody asks. */
  readonly startAfter?: number;
  /** The most megabytes of the thread's heap; a thread that needs more ends. Where absent, as much as this thread may have. */
  readonly heap?: number;
  /** The file of the thread; where absent, the file in the build. */
  readonly worker?: string;
  readonly onStatus?: (status: S) => void;
  readonly onMessage?: (message: Extract<FromThread, { kind: 'rebuild' | 'parked' }>) => void;
}

/** A caller that waits for the answer of the thread. */
interface Asker {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const BUILT = fileURLToPath(new URL('./consumer-worker.js', import.meta.url));
/** Milliseconds that a thread may take to end before it is cut off. */
const ENDING_MS = 5_000;

/** Whether there is a thread to start: there is none where the server runs from its sources, as in specs. */
export const hasConsumerThread = (): boolean => existsSync(BUILT);

/**
 * A consumer in a thread of its own, which opens its log and its file by itself: neither transactions nor waits for locks block the server. The
 * threads `answers` and `searches` consume nothing: they only answer, and their status says whether they run. A thread that crashes is started
 * again, after longer and longer waits.
 */
export class ConsumerThread<S extends ConsumerStatus> implements RunningConsumer<S> {
  readonly gate: Gate;
  /** How often the thread was started. */
  starts = 0;
  private lastStatus: S;
  private worker: Worker | undefined;
  private crash: unknown;
  private readonly failures: Failures;
  private readonly ended = new AbortController();
  private readonly asked = new Map<number, Asker>();
  private questions = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly job: ConsumerJob,
    private readonly options: ThreadOptions<S>,
  ) {
    this.lastStatus = options.initial;
    this.gate = new Gate(runtime, options.initial.sequence);
    this.failures = new Failures(runtime);
    void this.startAfter(options.startAfter ?? 0);
  }

  get status(): S {
    const { lastStatus: last } = this;
    const own = this.failures.status(this.ended.signal.aborted ? 'stopped' : last.state);
    const failuresInAll = last.failuresInAll + own.failuresInAll;
    return own.state === last.state ? { ...last, failuresInAll } : { ...last, ...own, failuresInAll };
  }

  /** Starts a thread that was not started yet. A thread that crashed starts again only after its wait. */
  wake(): void {
    if (this.worker !== undefined) this.post({ kind: 'wake' });
    else if (this.status.state !== 'retrying') this.start();
  }

  /** Call it when the log has the sequence: a thread that waits for the sequence continues. */
  logHas(sequence: number): void {
    this.post({ kind: 'head', sequence });
  }

  /** Rejects where the thread refuses, crashes or is stopped. After an abort it never settles. */
  ask(asked: PreviewAsked | SentTask | SentSearch, signal: AbortSignal): Promise<unknown> {
    if (this.worker === undefined) this.wake();
    return new Promise((resolve, reject) => {
      if (this.worker === undefined) return reject(unavailable('the thread does not run now'));
      const id = (this.questions += 1);
      this.asked.set(id, { resolve, reject });
      const dropped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
      this.post({ kind: 'ask', id, asked, dropped });
      const drop = (): void => {
        if (this.asked.delete(id)) Atomics.store(dropped, 0, 1);
      };
      signal.addEventListener('abort', drop, { once: true });
    });
  }

  /** Resolves once the thread has ended, after it has applied the events of the log, for `finish` milliseconds at most. */
  async stop(finish = 0): Promise<void> {
    this.ended.abort();
    const { worker } = this;
    if (worker !== undefined) {
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      this.post({ kind: 'stop', finish });
      const late = new AbortController();
      const cutOff = this.runtime.sleep(finish + ENDING_MS, late.signal).then(() => {
        if (!late.signal.aborted) return worker.terminate();
        return undefined;
      });
      await gone;
      late.abort();
      await cutOff;
    }
    this.gate.close();
  }

  private async startAfter(milliseconds: number): Promise<void> {
    if (milliseconds === Infinity) return;
    if (milliseconds > 0) await this.runtime.sleep(milliseconds, this.ended.signal);
    this.start();
  }

  private start(): void {
    if (this.worker !== undefined || this.ended.signal.aborted) return;
    this.starts += 1;
    this.crash = undefined;
    const { heap, worker: file = BUILT } = this.options;
    const worker = new Worker(file, {
      workerData: this.job,
      name: this.job.kind,
      ...(heap !== undefined && { resourceLimits: limitsOf(heap) }),
    });
    this.worker = worker;
    worker.on('message', (message: FromThread) => this.receive(message));
    worker.on('error', (error) => (this.crash ??= error));
    worker.once('exit', () => this.gone());
  }

  private receive(message: FromThread): void {
    switch (message.kind) {
      case 'status':
        return this.receiveStatus(message.status as S);
      case 'answer':
        return this.settle(message.id, (one) => one.resolve(received(this.runtime, message.answer)));
      case 'refused':
        return this.settle(message.id, (one) => one.reject(receivedError(message.why)));
      case 'crash':
        this.crash = receivedError(message.why);
        return;
      case 'rebuild':
      case 'parked':
        return this.options.onMessage?.(message);
    }
  }

  private receiveStatus(status: S): void {
    // A thread that crashes again and again may send a status before each crash: only progress ends the series of failures.
    if (status.sequence > this.gate.value || status.state === 'running') this.failures.clear();
    this.lastStatus = status;
    this.gate.advance(status.sequence);
    this.options.onStatus?.(this.status);
  }

  private gone(): void {
    this.worker = undefined;
    const error = isOutOfMemory(this.crash)
      ? unavailable('its thread needed more memory than it may have')
      : (this.crash ?? unavailable('its thread ended'));
    for (const id of [...this.asked.keys()]) this.settle(id, (one) => one.reject(error));
    if (this.ended.signal.aborted) return;
    const wait = this.failures.add(error);
    this.options.onStatus?.(this.status);
    void this.startAfter(wait);
  }

  private settle(id: number, how: (one: Asker) => void): void {
    const one = this.asked.get(id);
    this.asked.delete(id);
    if (one) how(one);
  }

  private post(message: ToThread): void {
    this.worker?.postMessage(message);
  }
}

/** New objects may take V8's default of 48 MB, and no more than the rest of the heap. */
const limitsOf = (heap: number): ResourceLimits => ({
  maxOldGenerationSizeMb: heap,
  maxYoungGenerationSizeMb: Math.min(heap, 48),
});

const isOutOfMemory = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';

const unavailable = (why: string): Error => receivedError({ message: why, code: 'unavailable' });

/** Calls `notify` with the new sequence each time the log has grown. Only the main thread polls for events of other processes. */
export async function notifyOfAppends(
  runtime: Runtime,
  log: Pick<EventLog, 'head' | 'reached'>,
  notify: (sequence: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const failures = new Failures(runtime);
  let known = -1;
  while (!signal.aborted) {
    try {
      const { sequence } = await log.head();
      if (known >= 0 && sequence > known) notify(sequence);
      known = sequence;
      await log.reached(sequence + 1, { timeout: POLL_MS, signal });
      failures.clear();
    } catch (error) {
      await runtime.sleep(failures.add(error), signal);
    }
  }
}

const POLL_MS = 10_000;
