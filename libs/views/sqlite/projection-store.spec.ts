import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, NewEvent } from '#log';
import { openSqliteLog } from '#log/sqlite';
import { systemRuntime } from '#runtime';
import { ProjectionStore } from '../projection-store.js';
import { EFFECTS, SEARCH } from './database.js';
import type { ProjectionFile } from './projection-file.js';
import { SearchDatabase } from './search-database.js';
import { ViewsDatabase } from './views-database.js';

const within = { timeout: 30_000 };
let made = 0;

function events(count: number): NewEvent[] {
  return Array.from({ length: count }, () => {
    made += 1;
    const instant = '2025-10-25T00:00:00.000Z';
    const time = { edtf: '2025-10-25', zone: 'Europe/Vilnius', earliest: instant, latest: instant };
    return {
      id: `01900000-0000-7000-8000-${String(made).padStart(12, '0')}`,
      stream: `crossing-lt-by.number-${made}`,
      type: 'crossing.closed',
      schemaVersion: 2,
      payload: {
        occurred: time,
        reportedAt: time,
        data: { crossing: `lt-by.number-${made}`, reason: `reason${made} `.repeat(40) },
        source: { publisher: 'P', title: 'T', publishedAt: time },
        attribution: { claimant: 'lt.government', standing: 'act', reliability: 'A1' },
      },
      metadata: {},
    };
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await systemRuntime.sleep(5);
}

describe.each([
  ['views.db', EFFECTS, (path: string): ProjectionFile => new ViewsDatabase(path)],
  ['views-search.db', SEARCH, (path: string): ProjectionFile => new SearchDatabase(path)],
])('the store of %s', (name, layout, open) => {
  let folder: string;
  let file: string;
  let log: EventLog;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-store-'));
    file = join(folder, name);
    log = openSqliteLog(systemRuntime, join(folder, 'log.db'));
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  const stored = (fingerprint = 'now', onRebuild?: (reason: string) => void, opening = open) => {
    const kind = { layout, open: opening, fingerprint };
    const store = new ProjectionStore(systemRuntime, file, kind, log, { ...(onRebuild && { onRebuild }) });
    void store.run();
    return store;
  };

  it('continues when the disk has room again', async () => {
    const store = stored();
    await log.append(events(5));
    expect(await store.gate.reached(5, within)).toBe(true);
    const { db } = store.database;
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
    await log.append(events(300));
    await until(() => store.status.failures >= 2);
    expect(store.status).toMatchObject({ state: 'retrying', reason: 'the disk is full', sequence: 5 });
    db.pragma('max_page_count = 1000000');
    expect(await store.gate.reached(305, within)).toBe(true);
    expect(store.status).toMatchObject({ failures: 0, parked: 0 });
    await store.stop();
  });

  it('continues when another process releases the file; nothing blocks meanwhile', async () => {
    const store = stored();
    expect(await store.gate.reached(0, within)).toBe(true);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await log.append(events(3));
    const start = performance.now();
    await until(() => store.status.state === 'retrying');
    await systemRuntime.turn();
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(store.status.reason).toBe('locked by another process');
    other.exec('ROLLBACK');
    other.close();
    expect(await store.gate.reached(3, within)).toBe(true);
    await store.stop();
  });

  it('opens the file as soon as possible, and does not call a file damaged that cannot be read now', async () => {
    const first = stored();
    await log.append(events(3));
    expect(await first.gate.reached(3, within)).toBe(true);
    await first.stop();
    const other = new Database(file);
    // No other connection may read either.
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    const reasons: string[] = [];
    const store = stored('now', (reason) => reasons.push(reason));
    await until(() => store.status.state === 'retrying');
    expect(store.status).toMatchObject({ reason: 'locked by another process', opened: 0 });
    other.exec('ROLLBACK');
    other.close();
    expect(await store.gate.reached(3, within)).toBe(true);
    expect(reasons).toEqual([]);
    await store.stop();
  });

  it('serves the file once it is open, even if it could not be read at first', async () => {
    const first = stored();
    await log.append(events(3));
    expect(await first.gate.reached(3, within)).toBe(true);
    await first.stop();
    const other = new Database(file);
    let isFirst = true;
    const store = stored('now', undefined, (path) => {
      const database = open(path);
      if (isFirst) other.exec('ALTER TABLE parked RENAME TO elsewhere');
      isFirst = false;
      return database;
    });
    await until(() => store.status.state === 'retrying');
    other.exec('ALTER TABLE elsewhere RENAME TO parked');
    other.close();
    await log.append(events(2));
    expect(await store.gate.reached(5, within)).toBe(true);
    await store.stop();
  });

  it('rebuilds the file even if the first attempt fails, and serves the old file meanwhile', async () => {
    const first = stored('before');
    await log.append(events(3));
    expect(await first.gate.reached(3, within)).toBe(true);
    await first.stop();
    // There is a folder in the place of the new file, and it cannot be removed.
    mkdirSync(`${file}.next/x`, { recursive: true });
    const store = stored();
    await until(() => store.status.failures >= 2);
    expect(store.status).toMatchObject({ state: 'retrying', opened: 1, rebuilding: 0, sequence: 3 });
    await log.append(events(2));
    expect(await store.gate.reached(5, within)).toBe(true);
    rmSync(`${file}.next`, { recursive: true });
    await until(() => store.status.rebuilding === undefined);
    expect(store.database.fingerprint).toBe('now');
    expect(await store.gate.reached(5, within)).toBe(true);
    await until(() => store.status.state === 'running');
    await store.stop();
  });
});
