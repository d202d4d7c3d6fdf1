import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime, type Runtime } from '#runtime';
import type { Append } from '../decide.js';
import { unwritable } from '../../../test/support/unwritable.js';
import { collect, event, events, ids } from '../contract/fixture.js';
import type { EventLog, NewEvent } from '../event-log.js';
import { serialize } from '../serialized-event.js';
import { asSqliteError } from './failure.js';
import { openFile, reopenFile } from './file.js';
import { GroupCommit } from './group-commit.js';
import { copyDatabase, openSqliteLog, type SqliteLogOptions } from './index.js';

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

/** The members of a LogError on which the answer to a client depends. */
async function failure(work: Promise<unknown>): Promise<{ code: unknown; reason: unknown }> {
  try {
    await work;
  } catch (error) {
    const { code, reason } = error as { code: unknown; reason: unknown };
    return { code, reason };
  }
  throw new Error('It did not fail');
}

describe('a disk that is full', () => {
  it('refuses appends with that reason, keeps its events, and accepts appends when there is room again', async () => {
    // For SQLite a file that has reached its limit is a full disk.
    let pages = 12;
    const limited = (db: Database.Database): Database.Database => {
      db.pragma(`max_page_count = ${pages}`);
      return db;
    };
    const commits = new GroupCommit(limited(openFile(file, 2)), {
      file,
      runtime: systemRuntime,
      timeout: 1_000,
      reopen: () => limited(reopenFile(file, 2)),
      committed: () => undefined,
    });
    const append = (sent: readonly NewEvent[]): Promise<unknown> => {
      const batch: Append = { events: sent.map(serialize), expected: {} };
      return commits.append(batch);
    };
    await append([event('before')]);
    const large = events(10, 'e', { payload: 'x'.repeat(10_000) });
    for (let time = 0; time < 3; time += 1) {
      expect(await failure(append(large))).toEqual({ code: 'unavailable', reason: 'disk-full' });
    }
    expect(commits.unwritable()).toMatchObject({ code: 'unavailable', reason: 'disk-full' });
    expect(ids(await collect(open().read()))).toEqual(['before']);
    pages = 1_000;
    // The connection that had the fault was replaced; the next connection is not limited.
    await append(large);
    expect(commits.unwritable()).toBeUndefined();
    await append([event('after')]);
    await commits.close();
    expect(ids(await collect(open().read()))).toEqual(['before', ...ids(large), 'after']);
  });
});

describe('a lock that another process keeps', () => {
  it('is the reason of the refusal', async () => {
    const log = open({ busyTimeout: 20 });
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(await failure(log.append([event('a')]))).toEqual({ code: 'unavailable', reason: 'locked' });
    other.exec('ROLLBACK');
    other.close();
    expect(await log.append([event('a')])).toMatchObject([{ sequence: 1 }]);
  });
});

describe('a log that could not store an append', () => {
  const at = { ms: 0 };
  const runtime: Runtime = { ...systemRuntime, elapsed: () => at.ms };

  it('says why until it can be written again, tries it once a second at most, and changes nothing by that', async () => {
    const log = open({ busyTimeout: 0 }, runtime);
    await log.append([event('a')]);
    expect(log.unwritable?.()).toBeUndefined();
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(log.append([event('b')])).rejects.toThrow();
    expect(log.unwritable?.()).toMatchObject({ code: 'unavailable', reason: 'locked' });
    at.ms += 1_000;
    expect(log.unwritable?.()).toMatchObject({ reason: 'locked' });
    other.exec('ROLLBACK');
    expect(log.unwritable?.()).toMatchObject({ reason: 'locked' });
    at.ms += 1_000;
    expect(log.unwritable?.()).toBeUndefined();
    other.close();
    expect(ids(await collect(log.read()))).toEqual(['a']);
    await log.append([event('b')]);
    expect(ids(await collect(open({ readOnly: true }).read()))).toEqual(['a', 'b']);
  });
});

describe('what SQLite reports', () => {
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_IOERR_FSYNC', 'io-error'],
    ['SQLITE_BUSY_SNAPSHOT', 'locked'],
    ['SQLITE_READONLY_DIRECTORY', 'read-only'],
    ['SQLITE_NOMEM', undefined],
  ])('%s is unavailable for the reason %s', (code, reason) => {
    const error = asSqliteError(Object.assign(new Error('said'), { code }), file);
    expect(error).toMatchObject({ code: 'unavailable', reason });
  });
});

describe('a log that was opened for reading only', () => {
  it('shows the events of others, and refuses to append', async () => {
    const writing = open();
    const log = open({ readOnly: true });
    const waiting = log.reached(1, { timeout: 30_000 });
    await writing.append([event('a')]);
    expect(await waiting).toBe(true);
    expect(ids(await collect(log.read()))).toEqual(['a']);
    expect(await failure(log.append([event('b')]))).toEqual({ code: 'unavailable', reason: 'read-only' });
  });

  it('is not created where there is none', () => {
    expect(() => open({ readOnly: true })).toThrow(expect.objectContaining({ code: 'unavailable' }));
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('a log in a folder that cannot be written', () => {
  const filled = async (): Promise<void> => {
    const log = openSqliteLog(systemRuntime, file);
    await log.append(events(300, 'e'));
    await log.close();
  };
  const countAll = async (): Promise<number> => {
    const log = openSqliteLog(systemRuntime, file, { readOnly: true });
    const all = await collect(log.read());
    await log.close();
    return all.length;
  };

  it('is read and copied, and is not changed', async () => {
    await filled();
    const to = mkdtempSync(join(tmpdir(), 'borderline-copy-'));
    chmodSync(to, 0o777);
    await unwritable(dir, async () => {
      expect(await countAll()).toBe(300);
      await copyDatabase(file, join(to, 'copy.db'), () => undefined);
      expect(readdirSync(dir)).toEqual(['log.db']);
    });
    const copy = openSqliteLog(systemRuntime, join(to, 'copy.db'));
    expect((await copy.head()).sequence).toBe(300);
    await copy.close();
    rmSync(to, { recursive: true });
  });

  it('is read together with the pages that a crash left in the write-ahead log', async () => {
    const crashed = mkdtempSync(join(tmpdir(), 'borderline-crashed-'));
    const writing = openSqliteLog(systemRuntime, join(crashed, 'log.db'));
    await writing.append(events(20, 'e'));
    for (const end of ['', '-wal']) copyFileSync(join(crashed, `log.db${end}`), file + end);
    await writing.close();
    rmSync(crashed, { recursive: true });
    await unwritable(dir, async () => expect(await countAll()).toBe(20));
  });

  it('is read in its place while a server has it open', async () => {
    const writing = openSqliteLog(systemRuntime, file);
    await writing.append(events(20, 'e'));
    await unwritable(dir, async () => expect(await countAll()).toBe(20));
    await writing.close();
  });
});
