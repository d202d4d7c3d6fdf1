import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemRuntime } from '#runtime';
import { asEarlierFormat } from '../../../test/support/earlier-format.js';
import { collect, event, events, ids, refusal } from '../contract/fixture.js';
import type { EventLog, RecordedEvent } from '../event-log.js';
import { openSqliteLog } from './index.js';
import type { MigrationProgress } from './migration.js';

const UUID = '0199f3c2-7c3a-7e0a-9d1c-0242ac120002';

describe('a log of an earlier format', () => {
  let dir: string;
  let file: string;
  let told: MigrationProgress[];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'borderline-migration-'));
    file = join(dir, 'log.db');
    told = [];
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Makes a log of an earlier format with these events, and returns the events as they were recorded. */
  async function earlier(
    appended: Parameters<EventLog['append']>[0],
    format: 1 | 2 = 2,
  ): Promise<RecordedEvent[]> {
    const now = join(dir, 'now.db');
    const log = openSqliteLog(systemRuntime, now);
    await log.append(appended);
    const recorded = await collect(log.read());
    await log.close();
    await asEarlierFormat(now, file, format);
    rmSync(now);
    return recorded;
  }
  const open = (): EventLog =>
    openSqliteLog(systemRuntime, file, { onMigration: (progress) => told.push(progress) });
  const within = <T>(work: (db: Database.Database) => T): T => {
    const db = new Database(file);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const formatOf = (): unknown => within((db) => db.pragma('user_version', { simple: true }));

  it.each([1, 2] as const)('%s has the same events afterwards, and accepts more', async (format) => {
    const time = { edtf: '2025-11', zone: 'UTC', earliest: '2025-11-01', latest: '2025-12-01' };
    const odd = JSON.parse(
      '{"b":1,"10":{"a":[{"c":1e21}]},"2":-0.5,"__proto__":{"x":null},"é":"\\u0000\\ud83d\\ude00"}',
    ) as object;
    const recorded = await earlier(
      [
        event(UUID, { payload: { occurred: time, reportedAt: time } }),
        event(UUID.toUpperCase(), { payload: odd, metadata: { recordedBy: 'key', odd } }),
        event('not a UUID', { payload: [1, [2]], stream: 'talks-__proto__', schemaVersion: 3 }),
        event('null', { payload: null, type: 'x' }),
      ],
      format,
    );
    const log = open();
    expect(await collect(log.read())).toEqual(recorded);
    expect(JSON.stringify(await collect(log.read()))).toBe(JSON.stringify(recorded));
    for (const one of recorded) expect(await log.find(one.id)).toEqual(one);
    expect(await log.append(recorded)).toMatchObject(
      recorded.map(({ sequence }) => ({ sequence, duplicate: true })),
    );
    expect(await refusal(log.append([{ ...recorded[0]!, payload: 'another' }]))).toMatchObject({
      code: 'id-conflict',
    });
    expect(await log.append([event('more')])).toMatchObject([{ sequence: 5, revision: 3 }]);
    expect(await log.seal(7)).toBeGreaterThan(7);
    await log.close();
    expect(formatOf()).toBe(3);
    expect(told).toEqual([{ done: 0, of: 4 }]);
  });

  it('keeps the instant up to which the past is sealed', async () => {
    await earlier([event('a')]);
    within((db) => db.exec('UPDATE sealed SET at = 9000000000000'));
    const log = open();
    expect(await log.sealed()).toBe(9_000_000_000_000);
    await log.close();
  });

  it('is migrated where it is empty', async () => {
    await earlier([], 1);
    const log = open();
    expect(await log.append([event('a')])).toMatchObject([{ sequence: 1 }]);
    await log.close();
  });

  it('keeps its format while a migration is interrupted; it may grow, and the next migration continues', async () => {
    const recorded = await earlier(events(12_000, 'e'));
    expect(() =>
      openSqliteLog(systemRuntime, file, {
        onMigration: ({ done }) => {
          if (done === 10_000) throw new RangeError('interrupted');
        },
      }),
    ).toThrow('interrupted');
    expect(formatOf()).toBe(2);
    within((db) =>
      db.exec(`INSERT INTO events SELECT 12001, stream, 12000, recorded_at, type, schema_version, 'late', metadata, payload
               FROM events WHERE sequence = 12000`),
    );
    const log = open();
    const all = await collect(log.read());
    expect(all.slice(0, -1)).toEqual(recorded);
    expect(all.at(-1)).toMatchObject({ id: 'late', sequence: 12_001, revision: 12_000 });
    expect(told).toEqual([{ done: 10_000, of: 12_001 }]);
    await log.close();
  });

  it('is copied from the beginning where an earlier version lost events meanwhile', async () => {
    const recorded = await earlier(events(11_000, 'e'));
    const interrupted = (): EventLog =>
      openSqliteLog(systemRuntime, file, {
        onMigration: ({ done }) => {
          if (done > 0) throw new RangeError('interrupted');
        },
      });
    expect(interrupted).toThrow('interrupted');
    within((db) => db.exec('DELETE FROM events WHERE sequence > 3000'));
    const log = open();
    expect(await collect(log.read())).toEqual(recorded.slice(0, 3_000));
    await log.close();
  });

  it('gives the space of its old table back to the disk', async () => {
    await earlier(events(5_000, 'e', { payload: 'x'.repeat(2_000) }));
    await open().close();
    expect(within((db) => db.pragma('freelist_count', { simple: true }))).toBe(0);
  });

  it('is read as it is where it may not be changed, and stays as it was', async () => {
    const recorded = await earlier(events(10, 'e'), 1);
    const before = readFileSync(file);
    const log = openSqliteLog(systemRuntime, file, { readOnly: true });
    expect(await collect(log.read())).toEqual(recorded);
    await log.close();
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(dir).filter((name) => name.endsWith('-wal'))).toEqual([]);
    expect(formatOf()).toBe(1);
    expect(existsSync(file)).toBe(true);
  });

  it('shows an event that is damaged as damaged, and the others as they are', async () => {
    const recorded = await earlier(events(3, 'e'));
    within((db) => db.exec(`UPDATE events SET payload = '{"of' WHERE sequence = 2`));
    const log = open();
    expect(ids(await collect(log.read({ limit: 1 })))).toEqual(['e0']);
    expect(await refusal(log.find('e1'))).toMatchObject({ code: 'corrupt' });
    expect(await collect(log.read({ after: 2 }))).toEqual(recorded.slice(2));
    await log.close();
  });
});
