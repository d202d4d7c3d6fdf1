import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { removeDatabase } from '#sqlite';
import { Views } from '#views';
import { dump } from '../laws/pipeline.js';
import { Chance, seedOf } from '../support/chance.js';
import { checkAfterCrash } from './check-after-crash.js';
import { Writer } from './writer.js';

const KILLS = Number(process.env.CRASH_KILLS ?? 30);
const SEED = seedOf('CRASH_SEED');
const CALLERS = 8;

describe(`a process that appends and is killed at a random moment (CRASH_SEED=${SEED})`, () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-crash-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it(
    `leaves every acknowledged event, once, a dense log, and correct views, ${KILLS} times on one file`,
    async () => {
      const file = join(dir, 'log.db');
      const acknowledged = new Map<string, number>();
      const chance = new Chance(SEED);
      let survived = 0;
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const writer = new Writer(file, whereToBegin(acknowledged), { follow: kill % 5 === 0 });
        // Every eighth kill comes while the writer starts, when it opens and recovers the file; the others come while it appends.
        if (kill % 8 === 0) await pause(40 + chance.next() * 160);
        else await writer.appending().then(() => pause(chance.next() * 120));
        await writer.kill();
        for (const [id, sequence] of writer.acknowledged) acknowledged.set(id, sequence);
        const { faults, events } = await checkAfterCrash(file, acknowledged);
        expect(faults.slice(0, 10)).toEqual([]);
        expect(events).toBeGreaterThanOrEqual(acknowledged.size);
        if (kill % 10 === 0) await expectViewsToEqualARebuild(dir);
        survived += 1;
      }
      expect(survived).toBe(KILLS);
      expect(acknowledged.size).toBeGreaterThan(KILLS);
    },
    KILLS * 12_000,
  );
});

/** Compares the views that were killed again and again with new views, once both have the whole log. */
async function expectViewsToEqualARebuild(dir: string): Promise<void> {
  const log = openSqliteLog(systemRuntime, join(dir, 'log.db'));
  const files = ['views', 'rebuilt'].map((name) => join(dir, name));
  removeDatabase(join(dir, 'rebuilt.db'));
  for (const file of files) {
    const views = await Views.open(systemRuntime, `${file}.db`, log);
    await views.catchUp();
    expect(views.parked).toEqual([]);
    await views.close();
  }
  await log.close();
  const [killed, rebuilt] = files.map((file) => [dump(`${file}.db`), dump(`${file}-search.db`)]);
  expect(killed).toEqual(rebuilt);
}

/** The append with which each caller continues, after its last acknowledged append: appends whose answer was lost are sent again. */
function whereToBegin(acknowledged: ReadonlyMap<string, number>): number[] {
  const next = new Array<number>(CALLERS).fill(0);
  for (const id of acknowledged.keys()) {
    const [, caller = '', n = ''] = /^caller(\d+)\/(\d+)\//.exec(id) ?? [];
    next[Number(caller)] = Math.max(next[Number(caller)] ?? 0, Number(n) + 1);
  }
  return next;
}
