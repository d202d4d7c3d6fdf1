import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { checkAfterCrash } from './check-after-crash.js';
import { Writer } from './writer.js';

describe('several processes on one log', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-processes-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('append the same events at the same time: each event is stored once, and a subscriber in a third process gets all of them in order', async () => {
    const file = join(dir, 'log.db');
    const log = openSqliteLog(systemRuntime, file);
    const seen: number[] = [];
    const total = 4 * 30 * 2;
    const followed = new Promise<void>((resolve, reject) =>
      log.subscribe().subscribe({
        next: (signal) => {
          if (signal.kind === 'event') seen.push(signal.event.sequence);
          if (seen.length === total) resolve();
        },
        error: reject,
      }),
    );
    // Two processes send the same appends: each of four callers makes 30 appends of 1, 2, 3, 1, 2, 3 and so on events.
    const writers = [
      new Writer(file, [0, 0, 0, 0], { count: 30 }),
      new Writer(file, [0, 0, 0, 0], { count: 30 }),
    ];
    await Promise.all(writers.map(({ ended }) => ended));
    const [one, other] = writers.map(({ acknowledged }) => new Map([...acknowledged].sort()));
    expect(one).toEqual(other);
    expect(await checkAfterCrash(file, one ?? new Map())).toEqual({ faults: [], events: one?.size });
    expect(one?.size).toBe(total);
    await followed;
    await log.close();
    expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  });
});
