import { randomFillSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { v7 } from 'uuid';

/**
 * All sources of difference between two runs of one program: clocks, timers, chance, new ids. Code in `libs` and `apps` uses only
 * these (lint forbids the globals), so that a run can be repeated: `test/simulation` gives a runtime whose clock is
 * a number and whose chance comes from a seed.
 */
export interface Runtime {
  /** The wall clock: milliseconds since the epoch, UTC, whole. It may jump, also backwards. */
  now(): number;
  /** Milliseconds since some fixed moment. Never decreases: it measures durations and deadlines. */
  elapsed(): number;
  /**
   * Resolves after `milliseconds`; never rejects. Where the signal is aborted, it resolves immediately and the timer is cleared. The timer
   * does not keep the process running.
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Resolves after all other ready work on this thread has had its turn. */
  turn(): Promise<void>;
  /** At least 0, less than 1. Not for secrets. */
  random(): number;
  /** A new UUID, version 7 (RFC 9562 §5.7). */
  id(): string;
}

const UUID_BYTES = 16;
/** Random bytes for many ids, drawn in one call: the call is most of the cost of an id. */
const pool = Buffer.alloc(256 * UUID_BYTES);
let used = pool.length;

function systemId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + UUID_BYTES);
  used += UUID_BYTES;
  return v7({ random });
}

function systemSleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    timer.unref();
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** The runtime of the machine. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: systemSleep,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  random: () => Math.random(),
  id: systemId,
};
