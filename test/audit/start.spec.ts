import { appendFileSync, copyFileSync, cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { formatSignerKey, openCheckpoint, parseVerifierKey } from '#audit';
import { openSqliteLog } from '#log/sqlite';
import { removeDatabase } from '#sqlite';
import { serve, StartError, type Running } from '../../apps/server/serve.js';
import { settingsFrom, type Given } from '../../apps/settings.js';
import { newEvent } from '../server/application.js';
import { removeFolder, temporaryFolder } from '../server/spawned.js';

describe('the start of a server on a data folder', () => {
  /** The data folder of a server that has run once. Each test has a copy of the folder. */
  let original: string;
  let data: string;
  beforeAll(async () => {
    data = original = temporaryFolder();
    await during(300);
  });
  beforeEach(() => {
    data = temporaryFolder();
    cpSync(original, data, { recursive: true });
  });
  afterEach(() => removeFolder(data));
  afterAll(() => removeFolder(original));

  const start = (given: Given = {}): Promise<Running> =>
    serve(
      settingsFrom({
        BORDERLINE_DATA: data,
        PORT: '0',
        BORDERLINE_LOG_LEVEL: 'silent',
        BORDERLINE_KEY: 'k',
        ...given,
      }),
      systemRuntime,
    );
  const stopped = async (given: Given = {}) => (await start(given)).stop();

  /** One run of a server, in which a number of events is recorded. */
  async function during(events: number): Promise<void> {
    const running = await start();
    await running.log.append(Array.from({ length: events }, (_, n) => newEvent(`crossing-lt-by.${n % 5}`)));
    await running.stop();
  }

  /** Changes the log with SQL while no server runs. */
  function tamper(sql: string): void {
    const db = new Database(join(data, 'log.db'));
    db.pragma('foreign_keys = OFF');
    db.exec(sql);
    db.close();
  }

  const refusal = async (given: Given = {}): Promise<string> => {
    const error: unknown = await stopped(given).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StartError);
    const { message } = error as StartError;
    expect(message).not.toContain('\n');
    return message;
  };
  const withoutTree = () => removeDatabase(join(data, 'audit.db'));

  it('succeeds where the log was only appended to, and keeps one more checkpoint', async () => {
    await during(10);
    await stopped();
    const lines = readFileSync(join(data, 'audit.checkpoints'), 'utf8').trim().split('\n');
    expect(lines.map((line) => sizeIn(line))).toEqual([300, 310]);
  });

  it('keeps the current checkpoint, once, although clients often ask for older checkpoints', async () => {
    const running = await start();
    await running.log.append([newEvent('crossing-lt-by.1')]);
    for (const size of [301, 300, 299, 301, 5]) {
      const note = await (await fetch(`${running.url}/v1/audit/checkpoint?size=${size}`)).text();
      expect(note.split('\n')[1]).toBe(String(size));
    }
    await running.stop();
    const lines = readFileSync(join(data, 'audit.checkpoints'), 'utf8').trim().split('\n');
    expect(lines.map((line) => sizeIn(line))).toEqual([300, 301]);
  });

  it('makes a key that only its owner may read', () => {
    expect(statSync(join(data, 'audit.key')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [
      'a byte of data',
      `UPDATE events SET content = replace(content, '2025-11-01', '2025-11-02') WHERE sequence = 250`,
    ],
    [
      'a byte of metadata',
      `UPDATE events SET content = replace(content, 'test', 'tesu') WHERE sequence = 290`,
    ],
    ['the recorded time', `UPDATE events SET recorded_at = recorded_at + 1 WHERE sequence = 300`],
    [
      'the place of two events',
      `UPDATE events SET sequence = -1 WHERE sequence = 280; UPDATE events SET sequence = 280
      WHERE sequence = 281; UPDATE events SET sequence = 281 WHERE sequence = -1`,
    ],
  ])('is refused where somebody changed %s', async (_, sql) => {
    tamper(sql);
    expect(await refusal()).toMatch(
      /^the log no longer extends its last signed checkpoint: its first 300 events/,
    );
  });

  it('is refused where a row is gone', async () => {
    tamper('DELETE FROM events WHERE sequence = 270');
    expect(await refusal()).toContain('event @270 is missing');
  });

  it('is refused where the tail was cut off, also if its tree was deleted', async () => {
    tamper('DELETE FROM events WHERE sequence > 295');
    expect(await refusal()).toContain('it ends at @295, but the checkpoint is at @300');
    withoutTree();
    expect(await refusal()).toContain('it ends at @295');
  });

  it('is refused where the tail was rewritten together with the tree', async () => {
    tamper('DELETE FROM events WHERE sequence > 295');
    const log = openSqliteLog(systemRuntime, join(data, 'log.db'));
    await log.append(Array.from({ length: 20 }, () => newEvent('crossing-lt-by.new')));
    await log.close();
    withoutTree();
    expect(await refusal()).toContain('its first 300 events are not the events of the checkpoint');
  });

  it('is refused where an older copy replaced the log', async () => {
    copyFileSync(join(data, 'log.db'), join(data, 'copy'));
    await during(20);
    copyFileSync(join(data, 'copy'), join(data, 'log.db'));
    expect(await refusal()).toContain('it ends at @300, but the checkpoint is at @320');
  });

  it('is refused where the key of the signature is missing, or the checkpoint is of another log', async () => {
    rmSync(join(data, 'audit.key'));
    expect(await refusal()).toContain('No known key signed the note');
  });

  it('accepts the current log on request, once, and signs it', async () => {
    tamper('DELETE FROM events WHERE sequence > 295');
    await stopped({ BORDERLINE_ACCEPT_LOG: 'yes' });
    await stopped();
    expect(readFileSync(join(data, 'audit.checkpoints'), 'utf8')).toContain('accepted-by-operator');
    tamper('DELETE FROM events WHERE sequence > 290');
    expect(await refusal()).toContain('it ends at @290, but the checkpoint is at @295');
  });

  it('needs neither its tree nor the end of a line that a crash cut short', async () => {
    withoutTree();
    appendFileSync(join(data, 'audit.checkpoints'), '{"keptAt":"2025');
    await during(5);
    writeFileSync(join(data, 'audit.db'), 'not a database, whatever its name says '.repeat(50));
    await during(5);
    expect(await sizeNow()).toBe(310);
  });

  it('rebuilds views that have more events than an accepted log', async () => {
    tamper('DELETE FROM events WHERE sequence > 250');
    const running = await start({ BORDERLINE_ACCEPT_LOG: 'yes' });
    const reached = await running.views.reached(250, { timeout: 30_000 });
    const { sequence } = running.views;
    await running.stop();
    expect([reached, sequence]).toEqual([true, 250]);
  });

  it('without checkpoints is compared with the stored tree', async () => {
    rmSync(join(data, 'audit.checkpoints'));
    await during(5);
    rmSync(join(data, 'audit.checkpoints'));
    tamper('DELETE FROM events WHERE sequence > 290');
    expect(await refusal()).toContain('it ends at @290, but it was at @305 before');
  });

  it('is refused where the kept checkpoint is not a checkpoint', async () => {
    writeFileSync(join(data, 'audit.checkpoints'), 'rubbish\n');
    expect(await refusal()).toContain('None of its lines is a checkpoint');
    writeFileSync(join(data, 'audit.checkpoints'), '{"keptAt":"2025-11-0');
    await during(5);
    expect(await sizeNow()).toBe(305);
  });

  it('accepts an additional key, and still accepts the signatures of the older one', async () => {
    const file = join(data, 'audit.key');
    const old = readFileSync(file, 'utf8');
    writeFileSync(file, `${formatSignerKey('borderline.local/log', Buffer.alloc(32, 7))}\n${old}`);
    await during(5);
    const running = await start();
    const keys = (await (await fetch(`${running.url}/v1/audit/key`)).text()).trim().split('\n');
    const note = await (await fetch(`${running.url}/v1/audit/checkpoint`)).text();
    await running.stop();
    expect(keys).toHaveLength(2);
    const newest = parseVerifierKey(keys[0] ?? '');
    expect(openCheckpoint(note, 'borderline.local/log', [newest]).checkpoint.size).toBe(305);
  });

  it('is refused under a name that is not the name of its key, and with an invalid key', async () => {
    expect(await refusal({ BORDERLINE_ORIGIN: 'example.com/other' })).toContain(
      'it has a key of borderline.local/log',
    );
    writeFileSync(join(data, 'audit.key'), 'secret\n');
    expect(await refusal()).toMatch(/^the key file .* cannot be used/);
  });

  async function sizeNow(): Promise<number> {
    const running = await start();
    const note = await (await fetch(`${running.url}/v1/audit/checkpoint`)).text();
    await running.stop();
    return Number(note.split('\n')[1]);
  }
});

const sizeIn = (line: string): number =>
  Number((JSON.parse(line) as { readonly checkpoint: string }).checkpoint.split('\n')[1]);
