import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '#log';
import { systemRuntime, type Runtime } from '#runtime';
import { ChangeWatermark } from './change-watermark.js';
import { closed, emptyLog } from '../../../test/support/empty-log.js';

const NOON = Date.UTC(2025, 10, 10, 12);
const DAY = 86_400_000;

describe('the watermark of changes', () => {
  let now = NOON;
  const longSleeps = new Set<AbortController>();
  const runtime: Runtime = {
    ...systemRuntime,
    now: () => now,
    elapsed: () => systemRuntime.elapsed() + now - NOON,
    sleep: async (milliseconds, signal) => {
      if (milliseconds <= 1_000) return systemRuntime.sleep(milliseconds, signal);
      const woken = new AbortController();
      longSleeps.add(woken);
      if (signal?.aborted === true) woken.abort();
      signal?.addEventListener('abort', () => woken.abort(), { once: true });
      await systemRuntime.sleep(milliseconds, woken.signal);
      longSleeps.delete(woken);
    },
  };
  /** Ends all sleeps of more than a second. */
  const wake = (): void => {
    for (const sleep of longSleeps) sleep.abort();
  };

  beforeEach(() => {
    now = NOON;
  });
  const opened = emptyLog(runtime);

  it('waits for what is due in 40 days without any work, half a minute at a time, and moves at its instant', async () => {
    const { log, views } = opened;
    const due = NOON + 40 * DAY;
    await log.append([closed(1, 'lt-by.medininkai', new Date(due).toISOString())]);
    const waits: number[] = [];
    const counted = Object.assign(Object.create(log) as EventLog, {
      reached: (...asked: Parameters<EventLog['reached']>) => {
        waits.push(asked[1].timeout);
        return log.reached(...asked);
      },
    });
    const watermark = new ChangeWatermark(runtime, counted, views);
    const point = await watermark.now();
    const ended = new AbortController();
    const moved = watermark.beyond(point, { timeout: Infinity, signal: ended.signal });
    // A timer for 40 days would overflow and end immediately, and so would every timer after it.
    await pause(200);
    expect(waits).toEqual([30_000]);
    now = due - 1;
    wake();
    await pause(50);
    now = due;
    wake();
    expect(await moved).toEqual({ sequence: 1, at: due });
    ended.abort();
    watermark.onApplicationShutdown();
  });

  it('ends every wait when the server stops', async () => {
    const watermark = new ChangeWatermark(runtime, opened.log, opened.views);
    const point = await watermark.now();
    const waiting = watermark.beyond(point, { timeout: Infinity });
    watermark.onApplicationShutdown();
    expect(await waiting).toBeUndefined();
    expect(await watermark.beyond(point, { timeout: Infinity })).toBeUndefined();
  });
});
