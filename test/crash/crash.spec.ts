import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkAfterCrash } from './check-after-crash.js';
import { Writer } from './writer.js';

const KILLS = Number(process.env.CRASH_KILLS ?? 50);
const CALLERS = 8;

describe('a process that appends and is killed at a random moment', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-crash-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it(
    `leaves every acknowledged event, once, and a dense log, ${KILLS} times on one file`,
    async () => {
      const file = join(dir, 'log.db');
      const acknowledged = new Map<string, number>();
      let survived = 0;
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const writer = new Writer(file, whereToBegin(acknowledged));
        // Now and then while it starts, when the file is opened and recovered; mostly while it appends.
        if (kill % 8 === 0) await pause(40 + Math.random() * 160);
        else await writer.appending().then(() => pause(Math.random() * 120));
        await writer.kill();
        for (const [id, sequence] of writer.acknowledged) acknowledged.set(id, sequence);
        const { faults, events } = await checkAfterCrash(file, acknowledged);
        expect(faults.slice(0, 10)).toEqual([]);
        expect(events).toBeGreaterThanOrEqual(acknowledged.size);
        survived += 1;
      }
      expect(survived).toBe(KILLS);
      expect(acknowledged.size).toBeGreaterThan(KILLS);
    },
    KILLS * 3_000,
  );
});

/** Each caller goes on after its last append that was acknowledged, so those whose answer was lost are sent again. */
function whereToBegin(acknowledged: ReadonlyMap<string, number>): number[] {
  const next = new Array<number>(CALLERS).fill(0);
  for (const id of acknowledged.keys()) {
    const [, caller = '', n = ''] = /^caller(\d+)\/(\d+)\//.exec(id) ?? [];
    next[Number(caller)] = Math.max(next[Number(caller)] ?? 0, Number(n) + 1);
  }
  return next;
}
