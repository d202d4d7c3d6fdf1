import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemRuntime, type Runtime } from '#runtime';
import { contractSuite } from '../contract-suite.js';
import { collect, event, events, Heard, ids, refusal, upTo } from '../contract/fixture.js';
import type { EventLog } from '../event-log.js';
import type { Commit } from './group-commit.js';
import { openSqliteLog, type SqliteLogOptions } from './index.js';

contractSuite('a log in a SQLite file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
  const open: EventLog[] = [];
  return {
    open: () => {
      const log = openSqliteLog(systemRuntime, join(dir, 'log.db'));
      open.push(log);
      return log;
    },
    dispose: async () => {
      await Promise.all(open.map((log) => log.close()));
      rmSync(dir, { recursive: true });
    },
  };
});

describe('the SQLite engine', () => {
  let dir: string;
  let file: string;
  let logs: EventLog[];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-log-'));
    file = join(dir, 'log.db');
    logs = [];
  });
  afterEach(async () => {
    await Promise.all(logs.map((log) => log.close()));
    rmSync(dir, { recursive: true });
  });

  const open = (options?: SqliteLogOptions, runtime: Runtime = systemRuntime): EventLog => {
    const log = openSqliteLog(runtime, file, options);
    logs.push(log);
    return log;
  };
  /** The code of the error of opening the log, or of reading all of it. */
  const trouble = (): Promise<{ code: unknown }> =>
    refusal(Promise.resolve().then(() => collect(open().read())));

  describe('a group commit', () => {
    it('is one transaction for all appends that arrive together', async () => {
      const commits: Commit[] = [];
      const log = open({ onCommit: (commit) => commits.push(commit) });
      await Promise.all(upTo(64).map((n) => log.append([event(`e${n}`)])));
      expect(commits).toEqual([{ sequence: 64, events: 64, appends: 64 }]);
    });

    it('includes the appends that arrive while another process has the lock', async () => {
      const commits: Commit[] = [];
      const log = open({ onCommit: (commit) => commits.push(commit) });
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      const first = log.append([event('a')]);
      await pause(20);
      const second = log.append([event('b')]);
      other.exec('ROLLBACK');
      other.close();
      await Promise.all([first, second]);
      expect(commits).toEqual([{ sequence: 2, events: 2, appends: 2 }]);
    });

    it('is split into several transactions where there is a lot to write', async () => {
      const commits: Commit[] = [];
      const log = open({ onCommit: (commit) => commits.push(commit) });
      await Promise.all(upTo(12).map((n) => log.append(events(1_000, `${n}-`))));
      expect(commits.map(({ sequence }) => sequence)).toEqual([5_000, 10_000, 12_000]);
    });

    it('lets others work while it is written, and nobody sees it before its commit', async () => {
      const heads = new Set<number>();
      let turns = 0;
      let elapsed = 0;
      const log: EventLog = open(
        {},
        {
          ...systemRuntime,
          elapsed: () => (elapsed += 1),
          turn: async () => {
            turns += 1;
            heads.add((await log.head()).sequence);
          },
        },
      );
      await log.append(events(2_000, 'e'));
      // Each slice has 10 ms, and here each event takes at least a millisecond.
      expect(turns).toBeGreaterThan(100);
      expect([...heads]).toEqual([0]);
      expect((await log.head()).sequence).toBe(2_000);
    });

    it('lets others work while it is serialized and decided, also where all of it is in the log already', async () => {
      let turns = 0;
      let elapsed = 0;
      const turn = async (): Promise<void> => void (turns += 1);
      const log: EventLog = open({}, { ...systemRuntime, elapsed: () => (elapsed += 1), turn });
      await log.append(events(2_000, 'e'));
      for (const again of [() => log.append(events(2_000, 'e')), () => log.preview(events(2_000, 'e'))]) {
        turns = 0;
        expect((await again()).every(({ duplicate }) => duplicate)).toBe(true);
        // A slice has 5 ms, and here each event takes a millisecond to serialize, and another to decide.
        expect(turns).toBeGreaterThan(2 * (2_000 / 5) - 10);
      }
    });

    it('that fails refuses all its appends, and stores nothing', async () => {
      const log = open();
      await log.append([event('before')]);
      const other = new Database(file);
      other.exec(`CREATE TRIGGER broken BEFORE INSERT ON events WHEN new.id = 'c'
                  BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END`);
      const answers = await Promise.allSettled(
        ['a', 'b', 'c', 'd'].map((id) => log.append([event(id, { stream: `crossing-${id}` })])),
      );
      expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
      expect(ids(await collect(log.read()))).toEqual(['before']);
      other.exec('DROP TRIGGER broken');
      other.close();
      const [appended] = await log.append([event('c', { stream: 'crossing-c' })], {
        expected: { 'crossing-c': -1 },
      });
      expect(appended).toMatchObject({ sequence: 2, revision: 0 });
    });
  });

  describe('the clock', () => {
    it('may be set back: recordedAt never decreases, also over a restart', async () => {
      let now = 5_000;
      const runtime = { ...systemRuntime, now: () => now };
      const first = open({}, runtime);
      await first.append([event('a')]);
      now = 4_000;
      await first.append([event('b')]);
      await first.close();
      const second = open({}, runtime);
      now = 3_000;
      await second.append([event('c')]);
      now = 6_000;
      await second.append([event('d')]);
      expect((await collect(second.read())).map(({ recordedAt }) => recordedAt)).toEqual([
        5_000, 5_000, 5_000, 6_000,
      ]);
      expect(await Promise.all([4_999, 5_000, 5_999, 6_000].map((at) => second.sequenceAt(at)))).toEqual([
        0, 3, 3, 4,
      ]);
    });
  });

  describe('a lock that another process holds', () => {
    it('makes appends wait without stopping this process, then refuses them as unavailable; the log works afterwards', async () => {
      const log = open({ busyTimeout: 400 });
      const other = new Database(file);
      other.exec('BEGIN IMMEDIATE');
      let turns = 0;
      const counting = setInterval(() => (turns += 1), 5);
      expect(await refusal(log.append([event('a')]))).toMatchObject({ code: 'unavailable' });
      clearInterval(counting);
      expect(turns).toBeGreaterThan(3);
      expect((await log.head()).sequence).toBe(0);
      other.exec('ROLLBACK');
      other.close();
      expect(await log.append([event('a')])).toMatchObject([{ sequence: 1 }]);
    });
  });

  describe('a subscriber', () => {
    it('hears that it fell behind when more than a page arrives together, and when it is live again', async () => {
      const log = open();
      const heard = new Heard(log.subscribe());
      await heard.caughtUp(0);
      await log.append(events(1_000, 'e'));
      await heard.caughtUp(1_000);
      heard.stop();
      expect(heard.story).toEqual([
        'caughtUp',
        'fellBehind',
        ...upTo(1_000).map((n) => `e${n - 1}`),
        'caughtUp',
      ]);
    });

    it('hears of another process within the idle interval', async () => {
      const heard = new Heard(open({ poll: { busy: 1, idle: 30 } }).subscribe());
      await pause(200);
      const began = performance.now();
      await open().append([event('a')]);
      await heard.until(({ events: { length } }) => length === 1);
      heard.stop();
      expect(performance.now() - began).toBeLessThan(500);
    });

    it('fails with a LogError where the file cannot be read', async () => {
      const log = open();
      await log.append([event('a')]);
      const other = new Database(file);
      other.exec(`UPDATE events SET content = '["of'`);
      other.close();
      const heard = new Heard(log.subscribe());
      await heard.until(({ failure }) => failure !== undefined);
      expect(heard.failure).toMatchObject({ name: 'LogError', code: 'corrupt' });
    });
  });

  describe('a tail that somebody cuts off', () => {
    it('does not stop the process for subscribers, and they get the later events', async () => {
      const log = open();
      await log.append(events(10, 'e'));
      const other = new Database(file);
      other.exec('DELETE FROM events WHERE sequence > 7');
      other.close();
      const heard = new Heard(log.subscribe());
      await heard.caughtUp(7);
      await pause(20);
      await log.append([event('new')]);
      await heard.caughtUp(8);
      heard.stop();
      expect(ids(heard.events)).toEqual([...upTo(7).map((n) => `e${n - 1}`), 'new']);
    });
  });

  describe('an event that is damaged', () => {
    it('does not prevent reading the events before it, nor the events after it for a reader that begins there', async () => {
      const log = open();
      await log.append(events(600, 'e'));
      const other = new Database(file);
      other.exec(`UPDATE events SET content = '["of' WHERE sequence = 300`);
      other.close();
      for (const [after, direction, read] of [
        [0, 'forwards', upTo(299)],
        [299, 'forwards', []],
        [300, 'forwards', upTo(600).slice(300)],
        [601, 'backwards', upTo(600).slice(300).reverse()],
      ] as const) {
        const seen: number[] = [];
        const reading = (async () => {
          for await (const { sequence } of log.read({ after, direction })) seen.push(sequence);
        })();
        if (after === 300) await reading;
        else expect(await refusal(reading)).toMatchObject({ code: 'corrupt' });
        expect(seen).toEqual(read);
      }
    });
  });

  describe('the write-ahead log', () => {
    it('stays small although readers and subscribers come and go', async () => {
      const log = open();
      const heard: Heard[] = [];
      const reading: Promise<unknown>[] = [];
      for (const n of upTo(60)) {
        if (n % 10 === 0) {
          heard.push(new Heard(log.subscribe({ after: n * 90 })));
          reading.push(collect(log.read({ after: n * 90 })));
        }
        await log.append(events(100, `${n}-`, { payload: 'x'.repeat(6_000) }));
      }
      await Promise.all(reading);
      for (const one of heard) one.stop();
      expect(statSync(file).size).toBeGreaterThan(30_000_000);
      expect(statSync(`${file}-wal`).size).toBeLessThan(10_000_000);
    });

    it('is merged into the file when the log is closed', async () => {
      await open().append([event('a')]);
      await logs[0]?.close();
      expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
      expect(ids(await collect(open().read()))).toEqual(['a']);
    });
  });

  describe('a file that is not a log of this version', () => {
    it.each([
      ['of bytes', () => writeFileSync(file, 'a letter, and not a short one either; '.repeat(50))],
      ['of another program', () => new Database(file).exec('CREATE TABLE invoices (n)').close()],
      ['of another program, marked', () => void new Database(file).pragma('application_id = 7')],
    ])('is refused as not-a-log: one %s', async (_, make) => {
      make();
      const before = readFileSync(file);
      expect((await trouble()).code).toBe('not-a-log');
      expect(readFileSync(file)).toEqual(before);
    });

    it('is refused as newer-format where a later version wrote it', async () => {
      await open().close();
      new Database(file).pragma('user_version = 4');
      expect((await trouble()).code).toBe('newer-format');
    });

    it('is refused as corrupt where a table is missing', async () => {
      await open().close();
      new Database(file).exec('DROP TABLE events').close();
      expect((await trouble()).code).toBe('corrupt');
    });

    it('is refused as corrupt where its pages were overwritten', async () => {
      const log = open();
      await log.append(events(2_000, 'e'));
      await log.close();
      const handle = openSync(file, 'r+');
      const { size } = statSync(file);
      for (let at = 4_096 * 8; at < size; at += 4_096) writeSync(handle, Buffer.alloc(64, 0xee), 0, 64, at);
      expect((await trouble()).code).toBe('corrupt');
    });

    it('is refused as corrupt where it was cut short', async () => {
      const log = open();
      await log.append(events(2_000, 'e'));
      await log.close();
      writeFileSync(file, readFileSync(file).subarray(0, 4_096 * 3 + 100));
      expect((await trouble()).code).toBe('corrupt');
    });

    it('is unavailable where its folder does not exist', () => {
      expect(() => openSqliteLog(systemRuntime, join(dir, 'nowhere', 'log.db'))).toThrow(
        expect.objectContaining({ name: 'LogError', code: 'unavailable' }),
      );
    });

    it('is created where the file is empty', async () => {
      writeFileSync(file, '');
      expect(await open().append([event('a')])).toMatchObject([{ sequence: 1 }]);
    });
  });
});
