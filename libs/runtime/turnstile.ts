import type { Runtime } from './runtime.js';

/** Milliseconds for all tasks in one turn of the event loop. At least one task is done, however long it takes. */
const SLICE_MS = 5;
/** Milliseconds of turns for new connections alone, before tasks are done again. */
const CONNECTING_MS = 10;

/** Begins something that is done elsewhere. Resolves when it has ended or failed; after an abort also before that. Never rejects. */
export type Wait = (signal: AbortSignal | undefined) => Promise<void>;

/**
 * An interruptible computation: it yields where other work may have its turn, and returns its result. Where it yields a wait, it continues after the
 * wait.
 */
export type Interruptible<T> = Generator<Wait | void, T, void>;

/** Does a task. Returns a promise where the task continues asynchronously. */
type Go = () => Promise<unknown> | undefined;

/** The kind of the caller: a question, or a stream. The two alternate, so that many streams do not delay an answer. */
export type Lane = 'answers' | 'streams';

export interface TurnOptions {
  readonly lane: Lane;
  /** A task whose signal is aborted before its turn is not done, as when the client disconnects. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does long work as many short tasks: reading history, long computations. In each turn of the event loop it does tasks for a
 * few milliseconds, in order of arrival in each lane; then all other ready work has its turn. So the wait of a short
 * request does not grow with the number of readers of history. One for each process.
 */
export class Turnstile {
  private readonly lanes: Readonly<Record<Lane, Set<Go>>> = {
    answers: new Set(),
    streams: new Set(),
  };
  private last: Lane = 'streams';
  private isOpen = false;
  private isConnecting = false;
  private granted = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly slice = SLICE_MS,
  ) {}

  /** The number of tasks done so far. */
  get count(): number {
    return this.granted;
  }

  /**
   * Call it when the process has accepted a connection. The event loop accepts one connection in each of its turns (libuv from 1.45 on). So
   * while connections come, the loop turns without tasks for some milliseconds. Otherwise each of many new connections would
   * wait for the tasks of one more turn.
   */
  connected(): void {
    this.isConnecting = true;
  }

  /**
   * Does a task in its turn, and gives its result. A task should take a few milliseconds at most, and must not wait for
   * another task. Rejects with the error of the task, or with the reason of the signal where it is aborted before the turn.
   */
  run<T>(task: () => T | Promise<T>, { lane, signal }: TurnOptions): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // The signal is read in the turn: a listener would have to be added and removed for each event of each subscriber.
      const go: Go = () => {
        try {
          if (signal?.aborted) throw reasonOf(signal);
          const done = task();
          resolve(done);
          if (done instanceof Promise) return done;
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error), { cause: error }));
        }
        return undefined;
      };
      if (signal?.aborted) return reject(reasonOf(signal));
      this.lanes[lane].add(go);
      if (!this.isOpen) void this.open();
      return undefined;
    });
  }

  /**
   * Does the computation; its parts take turns with other work. Rejects as `run`. `beginsNow`: the first step is done immediately, before all tasks. Use it
   * where the first step is short and nearly always the last, so that a short answer does not wait for long work.
   */
  async finish<T>(
    computation: Interruptible<T>,
    { beginsNow = false, ...options }: TurnOptions & { readonly beginsNow?: boolean },
  ): Promise<T> {
    for (let now = beginsNow; ; now = false) {
      const next = now ? computation.next() : await this.run(() => this.advance(computation), options);
      if (next.done === true) return next.value;
      if (next.value !== undefined) await next.value(options.signal);
    }
  }

  private advance<T>(computation: Interruptible<T>): IteratorResult<Wait | void, T> {
    const end = this.runtime.elapsed() + this.slice;
    let next = computation.next();
    while (next.done !== true && next.value === undefined && this.runtime.elapsed() < end)
      next = computation.next();
    return next;
  }

  private async open(): Promise<void> {
    this.isOpen = true;
    for (let next = this.next(); next; next = this.next()) {
      const connecting = this.runtime.elapsed() + CONNECTING_MS;
      do {
        this.isConnecting = false;
        await this.runtime.turn();
      } while (this.isConnecting && this.runtime.elapsed() < connecting);
      const end = this.runtime.elapsed() + this.slice;
      do {
        next = this.next();
        if (!next) break;
        this.lanes[next.lane].delete(next.go);
        this.last = next.lane;
        this.granted += 1;
        const done = next.go();
        // The work of a task after an `await` belongs to the turn, unless the task waits for something outside. The work of its caller with the
        // result belongs to the turn too.
        await (done && Promise.race([done.catch(() => undefined), this.runtime.turn()]));
      } while (this.runtime.elapsed() < end);
    }
    this.isOpen = false;
  }

  /** The first task of the lane whose turn it is; of the other lane, where that lane is empty. */
  private next(): { readonly lane: Lane; readonly go: Go } | undefined {
    const lanes: readonly Lane[] = this.last === 'answers' ? ['streams', 'answers'] : ['answers', 'streams'];
    for (const lane of lanes) for (const go of this.lanes[lane]) return { lane, go };
    return undefined;
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}

/**
 * The result of a computation, without interruption. Use it where no other work waits for the thread. Throws where the computation waits: nothing can
 * end a wait without interruption.
 */
export function finished<T>(computation: Interruptible<T>): T {
  let next = computation.next();
  while (next.done !== true) {
    if (next.value !== undefined) throw new Error('the computation waits');
    next = computation.next();
  }
  return next.value;
}

/** In a computation: the value of the promise that `begin` makes. Throws where the promise rejects. */
export function* waitFor<T>(begin: (signal: AbortSignal | undefined) => Promise<T>): Interruptible<T> {
  let ended: { readonly value: T } | { readonly error: unknown } | undefined;
  yield async (signal) => {
    try {
      ended = { value: await begin(signal) };
    } catch (error) {
      ended = { error };
    }
  };
  if (ended === undefined) throw new Error('the wait has not ended');
  if ('error' in ended) throw ended.error;
  return ended.value;
}
