import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { formatVerifierKey } from '#audit';
import { openSqliteLog } from '#log/sqlite';
import { ExportWriter } from '../../apps/cli/audit/export-writer.js';
import { verifyServer } from '../../apps/cli/audit/verify-server.js';
import { Client } from '#client';
import { serve, type Running } from '../../apps/server/serve.js';
import { settingsFrom, type Given } from '../../apps/settings.js';
import { newEvent } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';
import { retyped } from '../support/retyped.js';

describe('verifying a server', () => {
  /** The data folder of a server that has run once. Each test has a copy of the folder. */
  let original: string;
  let recorded: readonly string[];
  let data: string;
  let running: Running;
  let ids: string[] = [];
  beforeAll(async () => {
    data = original = temporaryFolder();
    await start();
    await record(700);
    await running.stop();
    recorded = ids;
  });
  beforeEach(async () => {
    data = temporaryFolder();
    cpSync(original, data, { recursive: true });
    ids = [...recorded];
    await start();
  });
  afterEach(async () => {
    await running.stop();
    removeFolder(data);
  });
  afterAll(() => removeFolder(original));

  async function start(given: Given = {}): Promise<void> {
    const own = { BORDERLINE_DATA: data, PORT: '0', BORDERLINE_LOG_LEVEL: 'silent', BORDERLINE_KEY: 'k' };
    running = await serve(settingsFrom({ ...own, ...given }), systemRuntime);
  }
  async function record(events: number): Promise<void> {
    const appended = Array.from({ length: events }, (_, n) => newEvent(`crossing-lt-by.${n % 5}`));
    await running.log.append(appended);
    ids.push(...appended.map(({ id }) => id));
    await checkpoint();
  }
  const checkpoint = async (): Promise<string> => {
    const note = await (await fetch(`${running.url}/v1/audit/checkpoint`)).text();
    return Number(note.split('\n')[1]) < ids.length ? checkpoint() : note;
  };
  const verified = (kept?: string, key?: string) => verifyServer(new Client({ url: running.url }), key, kept);
  /** Changes a file of the server with SQL while the server runs. */
  const tamper = (sql: string, file = 'log.db'): void => {
    const db = new Database(join(data, file));
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
  };

  it('finds nothing where nothing was changed, and compares the log with a kept checkpoint', async () => {
    const kept = await checkpoint();
    await record(100);
    const found = await verified(kept);
    expect(found.verification).toEqual({ events: 800, signed: 800, faults: [], treeDiffers: false });
    expect(found).toMatchObject({ checkpoints: 2, more: [], trusted: { itsOwn: true } });
    expect(found.note.split('\n')[1]).toBe('800');
  });

  it('finds nothing in an empty log', async () => {
    await running.stop();
    removeFolder(data);
    await start();
    expect((await verified()).verification).toEqual({ events: 0, signed: 0, faults: [], treeDiffers: false });
  });

  it.each([
    [
      'a byte of data',
      `UPDATE events SET content = replace(content, '2025-11-01', '2025-11-02') WHERE sequence = 300`,
      'changed',
    ],
    [
      'a byte of metadata',
      `UPDATE events SET content = replace(content, 'test', 'tesu') WHERE sequence = 300`,
      'changed',
    ],
    [
      'a byte that the JSON needs',
      `UPDATE events SET content = '[' || content WHERE sequence = 300`,
      'unreadable',
    ],
    ['whether it is there', 'DELETE FROM events WHERE sequence = 300', 'missing'],
  ])('names the event of which somebody changed %s', async (_, sql, kind) => {
    tamper(sql);
    const { verification, more } = await verified();
    expect(verification.faults).toMatchObject([{ kind, from: 300, to: 300 }]);
    if (kind === 'changed') expect(verification.faults[0]?.id).toBe(ids[299]);
    expect(more).toEqual([]);
  });

  it('is not exported where an event is not the signed event, or is missing', async () => {
    const exporting = async () => {
      const writer = new ExportWriter(new Client({ url: running.url }), 700);
      for await (const block of writer.blocks()) expect(block.length).toBeGreaterThan(0);
      return writer.lastLine();
    };
    expect((await exporting()).length).toBeGreaterThan(0);
    tamper(retyped(300));
    await expect(exporting()).rejects.toThrow('this log was not signed');
    tamper('DELETE FROM events WHERE sequence = 699');
    await expect(exporting()).rejects.toThrow('this log was not signed');
  });

  it('names two events that changed places', async () => {
    tamper(`UPDATE events SET sequence = -1 WHERE sequence = 5; UPDATE events SET sequence = 5 WHERE sequence = 600;
      UPDATE events SET sequence = 600 WHERE sequence = -1`);
    expect((await verified()).verification.faults).toEqual([
      { kind: 'moved', from: 5, to: 5, was: 600, id: ids[599] },
      { kind: 'moved', from: 600, to: 600, was: 5, id: ids[4] },
    ]);
  });

  it('names a missing tail, and the checkpoint that it can no longer prove', async () => {
    tamper('DELETE FROM events WHERE sequence > 650');
    expect((await verified()).verification.faults).toEqual([{ kind: 'missing', from: 651, to: 700 }]);
  });

  it('says that a rewritten tail, with its tree and its checkpoint, does not extend the kept checkpoint', async () => {
    const kept = await checkpoint();
    await running.stop();
    tamper('DELETE FROM events WHERE sequence > 650');
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await log.append(Array.from({ length: 60 }, () => newEvent('crossing-lt-by.new')));
    await log.close();
    await start({ BORDERLINE_ACCEPT_LOG: 'yes' });
    expect((await verified()).verification.faults).toEqual([]);
    const { verification, more } = await verified(kept);
    expect(verification.faults).toEqual([{ kind: 'not-signed', from: 1, to: 700 }]);
    expect(more).toEqual(['the server does not prove that its log extends the kept checkpoint of @700']);
  });

  it('names the missing events where an older copy of everything was restored', async () => {
    await running.stop();
    const copy = `${data}.copy`;
    cpSync(data, copy, { recursive: true });
    await start();
    await record(50);
    const kept = await checkpoint();
    await running.stop();
    removeFolder(data);
    cpSync(copy, data, { recursive: true });
    removeFolder(copy);
    await start();
    expect((await verified()).verification.faults).toEqual([]);
    expect((await verified(kept)).verification.faults).toMatchObject([
      { kind: 'missing', from: 701, to: 750 },
      { kind: 'not-signed', from: 701, to: 750 },
    ]);
  });

  it('distinguishes damaged tiles from a changed log', async () => {
    tamper('UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND number = 1', 'audit.db');
    const { verification, more } = await verified();
    expect(verification).toMatchObject({ faults: [], treeDiffers: true });
    expect(more?.[0]).toMatch('the tiles of the server do not have the hashes of its events');
  });

  it('accepts no other key than the given key, and no checkpoint of another log', async () => {
    const other = formatVerifierKey('borderline.local/log', Buffer.alloc(32, 7));
    await expect(verified(undefined, other)).rejects.toThrow(
      'the checkpoint of the server is not signed by the key',
    );
    const [own = ''] = (await (await fetch(`${running.url}/v1/audit/key`)).text()).split('\n');
    expect((await verified(undefined, own)).trusted.itsOwn).toBe(false);
    const foreign = (await checkpoint()).replace('\n700\n', '\n699\n');
    await expect(verified(foreign)).rejects.toThrow('the kept checkpoint is not signed by the key');
  });
});
