import type { Runtime } from './runtime.js';

interface Waiter {
  readonly value: number;
  readonly settle: (reached: boolean) => void;
  readonly fail: (error: Error) => void;
}

export interface WaitOptions {
  /** Milliseconds. Every wait has an end. */
  readonly timeout: number;
  /** Ends the wait immediately, as when the client disconnects. */
  readonly signal?: AbortSignal | undefined;
}

/** The callers that are woken in one turn of the thread. Each does some work of its own when it is woken. */
const WOKEN_AT_A_TIME = 100;

/** The reason for the end of a timer. Without a reason, each abort would make an error with a stack, which costs more than the wait. */
const SETTLED = 'settled';

/**
 * A number that rises (a sequence), and callers that wait for a value of it. Every wait for a sequence of a consumer or of the log uses it; a wait
 * for a state, such as the end of a rebuild, looks at the status from time to time.
 */
export class Gate {
  private readonly waiters = new Set<Waiter>();
  private isClosed = false;
  /** Whether some callers whose value is reached are woken in the next turns. */
  private isWaking = false;

  constructor(
    private readonly runtime: Runtime,
    private current = 0,
  ) {}

  get value(): number {
    return this.current;
  }

  get closed(): boolean {
    return this.isClosed;
  }

  /**
   * Sets the value and wakes the callers whose value is reached; of very many callers, some in each turn of the thread, in the order of their calls. The
   * value may fall, where a file was replaced by one with less.
   */
  advance(value: number): void {
    const before = this.current;
    this.current = value;
    // Every caller waits for more than the value before, so only a rise can wake one.
    if (value > before && !this.isWaking && this.wakeSome()) void this.wakeOthers();
  }

  /** Wakes some of the callers whose value is reached. Returns whether there may be more of them. */
  private wakeSome(): boolean {
    let woken = 0;
    for (const waiter of this.waiters) {
      if (waiter.value > this.current) continue;
      if (woken === WOKEN_AT_A_TIME) return true;
      waiter.settle(true);
      woken += 1;
    }
    return false;
  }

  private async wakeOthers(): Promise<void> {
    this.isWaking = true;
    do await this.runtime.turn();
    while (this.wakeSome());
    this.isWaking = false;
  }

  /**
   * Whether the value was reached: true as soon as it is; false after the timeout, on abort, and once the gate is closed. Rejects only where
   * `fail` is called during the wait.
   */
  reached(value: number, { timeout, signal }: WaitOptions): Promise<boolean> {
    if (this.current >= value) return Promise.resolve(true);
    if (this.isClosed || signal?.aborted) return Promise.resolve(false);
    return new Promise<boolean>((resolve, reject) => {
      const timer = timeout < Infinity ? new AbortController() : undefined;
      const end = (): void => {
        this.waiters.delete(waiter);
        timer?.abort(SETTLED);
        signal?.removeEventListener('abort', giveUp);
      };
      const waiter: Waiter = {
        value,
        settle: (reached) => {
          end();
          resolve(reached);
        },
        fail: (error) => {
          end();
          reject(error);
        },
      };
      const giveUp = (): void => waiter.settle(false);
      this.waiters.add(waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
      if (timer) void this.runtime.sleep(timeout, timer.signal).then(giveUp);
    });
  }

  /** Rejects the present waits. Later waits work as before. */
  fail(error: Error): void {
    for (const waiter of [...this.waiters]) waiter.fail(error);
  }

  /** Ends all waits, present and later, with `false`. */
  close(): void {
    this.isClosed = true;
    for (const { settle } of [...this.waiters]) settle(false);
  }
}
