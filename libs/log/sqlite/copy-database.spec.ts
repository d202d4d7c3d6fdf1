import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import { copyDatabase, openSqliteLog } from './index.js';

describe('the copy of a log', () => {
  let folder: string;
  let file: string;
  let to: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-copy-'));
    file = join(folder, 'log.db');
    to = join(folder, 'copy.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const event = (n: number, bytes = 10) => ({
    id: `event-${n}`,
    stream: `crossing-${n % 5}`,
    type: 'crossing.closed',
    schemaVersion: 1,
    payload: { text: 'x'.repeat(bytes) },
    metadata: {},
  });

  it('has all events that the log had when the copy began, and ends although somebody writes between any two steps', async () => {
    const log = openSqliteLog(systemRuntime, file);
    await log.append(Array.from({ length: 800 }, (_, n) => event(n, 40_000)));
    const writer = new Database(file);
    writer.exec('CREATE TABLE meanwhile (n INTEGER)');
    const write = writer.prepare('INSERT INTO meanwhile VALUES (1)');
    const told: number[] = [];
    await copyDatabase(file, to, (done) => {
      told.push(done);
      write.run();
    });
    await log.append([event(800)]);
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    const copy = new Database(to);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT count(*) FROM meanwhile').pluck().get()).toBe(0);
    copy.close();
    writer.close();
    const copied = openSqliteLog(systemRuntime, to);
    expect((await copied.head()).sequence).toBe(800);
    expect(await copied.find('event-799')).toEqual(await log.find('event-799'));
    await copied.close();
    await log.close();
  });

  it('includes the pages that are still only in the write-ahead log', async () => {
    const log = openSqliteLog(systemRuntime, file);
    await log.append([event(1), event(2)]);
    await copyDatabase(file, to, () => undefined);
    await log.close();
    const copied = openSqliteLog(systemRuntime, to);
    expect((await copied.head()).sequence).toBe(2);
    await copied.close();
  });

  it('is refused where the file is not a database, or does not exist', async () => {
    await expect(copyDatabase(file, to, () => undefined)).rejects.toMatchObject({ code: 'unavailable' });
    writeFileSync(file, 'not a database, whatever its name says '.repeat(50));
    await expect(copyDatabase(file, to, () => undefined)).rejects.toMatchObject({ code: 'not-a-log' });
  });
});
