import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { openSqliteLog } from '#log/sqlite';
import { verifyFolder } from '#data-folder';
import { removeDatabase } from '#sqlite';
import { serve } from '../../apps/server/serve.js';
import { settingsFrom } from '../../apps/settings.js';
import { unwritable } from '../support/unwritable.js';
import { newEvent } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { retyped } from '../support/retyped.js';

describe('verifying a data folder', () => {
  /** The data folder of a server that has run twice. Each test has a copy of the folder. */
  let original: string;
  let data: string;
  const ids: string[] = [];
  beforeAll(async () => {
    data = original = temporaryFolder();
    await during(600);
    await during(700);
  });
  beforeEach(() => {
    data = temporaryFolder();
    cpSync(original, data, { recursive: true });
  });
  afterEach(() => removeFolder(data));
  afterAll(() => removeFolder(original));

  async function during(events: number): Promise<void> {
    const given = { BORDERLINE_DATA: data, PORT: '0', BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_KEY: 'k' };
    const running = await serve(settingsFrom(given), systemRuntime);
    const appended = Array.from({ length: events }, (_, n) => newEvent(`crossing-lt-by.${n % 5}`));
    await running.log.append(appended);
    ids.push(...appended.map(({ id }) => id));
    await running.stop();
  }

  const tamper = (sql: string, file = 'log.db'): void => {
    const db = new Database(join(data, file));
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
  };
  const verified = () =>
    verifyFolder(
      systemRuntime,
      data,
      () => undefined,
      () => undefined,
    );
  const withoutTree = () => removeDatabase(join(data, 'audit.db'));

  it('finds nothing where nothing was changed', async () => {
    expect(await verified()).toEqual({
      events: 1300,
      checkpoints: 2,
      signed: 1300,
      faults: [],
      treeDiffers: false,
    });
    withoutTree();
    expect((await verified()).faults).toEqual([]);
  });

  it('reads a folder that cannot be written, and does not change it', async () => {
    const files = readdirSync(data);
    await unwritable(data, async () => {
      expect(await verified()).toMatchObject({ signed: 1300, faults: [], treeDiffers: false });
      expect(readdirSync(data)).toEqual(files);
    });
    tamper(retyped(5));
    await unwritable(data, async () => {
      expect((await verified()).faults).toMatchObject([{ kind: 'changed', from: 5, to: 5 }]);
    });
  });

  it('finds no fault in the log where its tree cannot be read, and does not change the tree', async () => {
    const file = join(data, 'audit.db');
    const rubbish = 'not a database, whatever its name says '.repeat(50);
    writeFileSync(file, rubbish);
    expect(await verified()).toMatchObject({ signed: 1300, faults: [], treeDiffers: true });
    expect(readFileSync(file, 'utf8')).toBe(rubbish);
    tamper(retyped(700));
    expect((await verified()).faults).toEqual([{ kind: 'not-signed', from: 601, to: 1300 }]);
  });

  it.each([
    [
      'a byte of data',
      `UPDATE events SET content = replace(content, '2025-11-01', '2025-11-02') WHERE sequence = 5`,
      'changed',
    ],
    [
      'a byte of metadata',
      `UPDATE events SET content = replace(content, 'test', 'tesu') WHERE sequence = 5`,
      'changed',
    ],
    [
      'a byte that the JSON needs',
      `UPDATE events SET content = '[' || content WHERE sequence = 5`,
      'unreadable',
    ],
    [
      'the recorded time',
      'UPDATE events SET recorded_at = 9000000000000000 WHERE sequence = 5',
      'unreadable',
    ],
    ['whether it is there', 'DELETE FROM events WHERE sequence = 5', 'missing'],
  ])('names the event of which somebody changed %s', async (_, sql, kind) => {
    tamper(sql);
    expect((await verified()).faults).toMatchObject([{ kind, from: 5, to: 5 }]);
  });

  it('names two events that changed places', async () => {
    tamper(`UPDATE events SET sequence = -1 WHERE sequence = 5; UPDATE events SET sequence = 5 WHERE sequence = 1200;
      UPDATE events SET sequence = 1200 WHERE sequence = -1`);
    expect((await verified()).faults).toEqual([
      { kind: 'moved', from: 5, to: 5, was: 1200, id: ids[1199] },
      { kind: 'moved', from: 1200, to: 1200, was: 5, id: ids[4] },
    ]);
  });

  it('names the missing tail, after the tail was deleted or an older copy was restored', async () => {
    copyFileSync(join(data, 'log.db'), join(data, 'copy'));
    await during(10);
    copyFileSync(join(data, 'copy'), join(data, 'log.db'));
    expect((await verified()).faults).toEqual([{ kind: 'missing', from: 1301, to: 1310 }]);
    tamper('DELETE FROM events WHERE sequence > 1290');
    expect((await verified()).faults).toEqual([{ kind: 'missing', from: 1291, to: 1310 }]);
  });

  it('names the first event of a tail that was rewritten together with its tree', async () => {
    tamper('DELETE FROM events WHERE sequence > 1200');
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await log.append(Array.from({ length: 200 }, () => newEvent('crossing-lt-by.new')));
    await log.close();
    withoutTree();
    expect(await verified()).toMatchObject({
      signed: 600,
      faults: [{ kind: 'not-signed', from: 601, to: 1300 }],
    });
  });

  it('distinguishes a damaged tree from a changed log', async () => {
    tamper('UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND number = 1', 'audit.db');
    expect(await verified()).toMatchObject({ faults: [], treeDiffers: true });
  });

  it('needs a key', async () => {
    rmSync(join(data, 'audit.key'));
    await expect(verified()).rejects.toThrow('there is no ');
  });
});
