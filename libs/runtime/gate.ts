import type { Runtime } from './runtime.js';

interface Waiter {
  readonly value: number;
  readonly settle: (reached: boolean) => void;
}

export interface WaitOptions {
  /** Milliseconds. Every wait has an end. */
  readonly timeout: number;
  /** Ends the wait at once, as when the client has gone. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A number that rises (a sequence), and those who wait for it to reach a value. The one way in which anything waits for a consumer or for
 * the head of the log.
 */
export class Gate {
  private readonly waiters = new Set<Waiter>();
  private isClosed = false;

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

  /** Sets the value. It may also fall: where a file was replaced by one that has less. Those whose value is reached go on. */
  advance(value: number): void {
    this.current = value;
    for (const waiter of [...this.waiters]) if (waiter.value <= value) waiter.settle(true);
  }

  /** Whether the value was reached: true as soon as it is; false after the timeout, on abort, and once the gate is closed. Never rejects. */
  async reached(value: number, { timeout, signal }: WaitOptions): Promise<boolean> {
    if (this.current >= value) return true;
    if (this.isClosed || signal?.aborted) return false;
    const ended = new AbortController();
    try {
      return await new Promise<boolean>((resolve) => {
        const waiter: Waiter = { value, settle: resolve };
        this.waiters.add(waiter);
        const giveUp = (): void => resolve(false);
        signal?.addEventListener('abort', giveUp, { once: true, signal: ended.signal });
        if (timeout < Infinity) void this.runtime.sleep(timeout, ended.signal).then(giveUp);
        ended.signal.addEventListener('abort', () => this.waiters.delete(waiter), { once: true });
      });
    } finally {
      ended.abort();
    }
  }

  /** Nobody waits any more, now or later; who waits is told `false`. */
  close(): void {
    this.isClosed = true;
    for (const { settle } of [...this.waiters]) settle(false);
  }
}
