import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime, type Runtime } from '#runtime';
import { Views } from '#views';
import { eventOf, idOf } from '../../../test/laws/drawn.js';
import { ChangeFrontier } from './change-frontier.js';

const NOON = Date.UTC(2025, 10, 10, 12);
const DAY = 86_400_000;

const closedUntil = (until: number) =>
  eventOf({
    id: idOf(1),
    type: 'crossing.closed',
    occurred: '2025-11-09',
    until: new Date(until).toISOString(),
    reportedAt: '2025-11-09',
    data: { crossing: 'lt-by.medininkai', reopens: true },
    source: { publisher: 'BNS', title: 'Closed', publishedAt: '2025-11-10' },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
  })!;

describe('the frontier of changes', () => {
  let folder: string;
  let log: EventLog;
  let views: Views;
  let now: number;
  /** Ends the sleeps of more than a second. */
  let wake: () => void;
  const runtime: Runtime = {
    ...systemRuntime,
    now: () => now,
    elapsed: () => systemRuntime.elapsed() + now - NOON,
    sleep: async (milliseconds, signal) => {
      if (milliseconds <= 1_000) return systemRuntime.sleep(milliseconds, signal);
      const woken = new AbortController();
      const end = (): void => woken.abort();
      wake = end;
      signal?.addEventListener('abort', end, { once: true });
      return systemRuntime.sleep(milliseconds, woken.signal);
    },
  };

  beforeEach(async () => {
    now = NOON;
    folder = mkdtempSync(join(tmpdir(), 'borderline-'));
    log = openSqliteLog(join(folder, 'log.db'), { runtime });
    views = await Views.open(runtime, join(folder, 'views.db'), log);
  });
  afterEach(async () => {
    await views.close();
    await log.close();
    rmSync(folder, { recursive: true });
  });

  it('waits for what is due in 40 days without any work, half a minute at a time, and moves at its instant', async () => {
    const due = NOON + 40 * DAY;
    await log.append([closedUntil(due)]);
    const waits: number[] = [];
    const counted = Object.assign(Object.create(log) as EventLog, {
      reached: (...asked: Parameters<EventLog['reached']>) => {
        waits.push(asked[1].timeout);
        return log.reached(...asked);
      },
    });
    const frontier = new ChangeFrontier(runtime, counted, views);
    const point = await frontier.now();
    const ended = new AbortController();
    const moved = frontier.beyond(point, { timeout: Infinity, signal: ended.signal });
    // A timer for 40 days would end at once, again and again.
    await pause(200);
    expect(waits).toEqual([30_000]);
    now = due - 1;
    wake();
    await pause(50);
    now = due;
    wake();
    expect(await moved).toEqual({ sequence: 1, at: due });
    ended.abort();
    frontier.close();
  });
});
