import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { collect, event, events, ids, refusal, upTo } from '../contract/fixture.js';
import { openSqliteLog, restoreSqliteLog, type Restoring } from './index.js';

describe('a restore', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-restore-'));
    file = join(dir, 'log.db');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const stored = async () => {
    const log = openSqliteLog(systemRuntime, file);
    const all = await collect(log.read());
    await log.close();
    return all;
  };
  const asBefore = (count: number) => upTo(count).map((n) => event(`e${n}`, { recordedAt: 1_000 * n }));

  it('fills a log that does not exist yet, or is empty, with events that keep their times', async () => {
    for (const again of [false, true]) {
      if (again) {
        rmSync(file);
        await openSqliteLog(systemRuntime, file).close();
      }
      const answer = await restoreSqliteLog(systemRuntime, file, async (write) => {
        const first = write(asBefore(3).slice(0, 2));
        await Promise.resolve();
        return [...first, ...write(asBefore(3).slice(2))];
      });
      expect(answer.map(({ sequence, revision, recordedAt }) => [sequence, revision, recordedAt])).toEqual([
        [1, 0, 1_000],
        [2, 1, 2_000],
        [3, 2, 3_000],
      ]);
      expect((await stored()).map(({ id, recordedAt }) => [id, recordedAt])).toEqual([
        ['e1', 1_000],
        ['e2', 2_000],
        ['e3', 3_000],
      ]);
    }
  });

  it('that fails leaves the log as empty as it was', async () => {
    const broken = restoreSqliteLog(systemRuntime, file, async (write) => {
      write(asBefore(100));
      await Promise.resolve();
      throw new Error('the rest is missing');
    });
    await expect(broken).rejects.toThrow('the rest is missing');
    expect(await stored()).toEqual([]);
    const invalid = restoreSqliteLog(systemRuntime, file, (write) =>
      Promise.resolve(write([...asBefore(2), event('x', { type: '' })])),
    );
    expect(await refusal(invalid)).toMatchObject({ code: 'invalid' });
    const twice = restoreSqliteLog(systemRuntime, file, (write) =>
      Promise.resolve(write([event('x'), event('x', { payload: 'another' })])),
    );
    expect(await refusal(twice)).toEqual({ code: 'id-conflict', id: 'x' });
    expect(await stored()).toEqual([]);
  });

  it('is refused where the log has events, and asks for no events', async () => {
    const log = openSqliteLog(systemRuntime, file);
    await log.append([event('a')]);
    await log.close();
    let asked = false;
    const refused = restoreSqliteLog(systemRuntime, file, () => Promise.resolve((asked = true)));
    expect(await refusal(refused)).toMatchObject({ code: 'not-empty' });
    expect(asked).toBe(false);
    expect(ids(await stored())).toEqual(['a']);
  });

  it('shows nothing to readers before all of it is stored, and makes writers wait', async () => {
    const log = openSqliteLog(systemRuntime, file, { busyTimeout: 50 });
    await restoreSqliteLog(systemRuntime, file, async (write: Restoring) => {
      write(asBefore(10));
      expect((await log.head()).sequence).toBe(0);
      expect(await refusal(log.append([event('late')]))).toMatchObject({ code: 'unavailable' });
    });
    expect((await log.head()).sequence).toBe(10);
    expect(await log.append([event('late')])).toMatchObject([{ sequence: 11, revision: 10 }]);
    await log.close();
  });

  it('of many events in many streams leaves no long write-ahead log behind', async () => {
    await restoreSqliteLog(systemRuntime, file, async (write) => {
      for (const n of upTo(120)) {
        await Promise.resolve();
        write(events(1_000, `${n}-`, { stream: `crossing-${n}`, recordedAt: n }));
      }
    });
    expect((await stored()).at(-1)).toMatchObject({ sequence: 120_000, revision: 999, recordedAt: 120 });
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
  });
});
