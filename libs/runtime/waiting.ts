import type { Runtime } from './runtime.js';

/** The work did not end in time. It continues, and its outcome is dropped. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** The outcome of the work. Rejects with TimeoutError after `milliseconds`. */
export async function withTimeout<T>(runtime: Runtime, milliseconds: number, work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = runtime.sleep(milliseconds, ended.signal).then(() => {
    if (!ended.signal.aborted) throw new TimeoutError(`no answer within ${milliseconds} ms`);
    return work;
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort('ended');
  }
}

export interface BackoffBounds {
  /** Milliseconds before the first retry. */
  readonly first: number;
  /** The most milliseconds before any later retry. */
  readonly most: number;
}

/**
 * Milliseconds to wait after a number of failures in a row (from 1): doubled each time up to the bound, less a random part of up to half,
 * so that many callers do not retry at the same time (“equal jitter”).
 */
export function backoff(runtime: Runtime, failures: number, { first, most }: BackoffBounds): number {
  const full = Math.min(most, first * 2 ** Math.min(failures - 1, 30));
  return full * (0.5 + runtime.random() / 2);
}

/** Splits long work on one thread: after each slice, all other ready work has its turn. */
export class TimeSlices {
  private end: number;

  /** `length`: of a slice, in milliseconds. */
  constructor(
    private readonly runtime: Runtime,
    private readonly length: number,
  ) {
    this.end = runtime.elapsed() + length;
  }

  /** Whether the slice is used up. */
  get over(): boolean {
    return this.runtime.elapsed() >= this.end;
  }

  /** Begins the next slice, where this one is used up. */
  async next(): Promise<void> {
    if (!this.over) return;
    await this.runtime.turn();
    this.end = this.runtime.elapsed() + this.length;
  }

  /** Does the computation, which waits for nothing, in slices. */
  async finish<T>(computation: Generator<void, T, void>): Promise<T> {
    for (;;) {
      const next = computation.next();
      if (next.done === true) return next.value;
      if (this.over) await this.next();
    }
  }
}
