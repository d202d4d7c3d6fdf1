import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemRuntime } from '#runtime';
import type { Db } from '#sqlite';
import { EFFECTS, openDatabase, openToRead } from './database.js';
import { ReadSnapshot } from './read-snapshot.js';

describe('a snapshot for one turn', () => {
  let folder: string;
  let writer: Db;
  let db: Db;
  let snapshot: ReadSnapshot;
  const write = (checkpoint: number): unknown =>
    writer.prepare(`REPLACE INTO meta VALUES ('checkpoint', ?)`).run(checkpoint);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'borderline-snapshot-'));
    const file = join(folder, 'views.db');
    writer = openDatabase(file);
    write(1);
    db = openToRead(file, EFFECTS)!;
    snapshot = new ReadSnapshot(db, systemRuntime);
  });
  afterEach(() => {
    db.close();
    writer.close();
    rmSync(folder, { recursive: true });
  });

  it('sees one sequence until the turn ends, and later writes after that', async () => {
    expect(snapshot.hold()).toBe(1);
    write(2);
    expect(snapshot.hold()).toBe(1);
    await systemRuntime.turn();
    expect(db.inTransaction).toBe(false);
    expect(snapshot.hold()).toBe(2);
  });

  it('affects nothing else where its end fails; it ends before the next snapshot begins', async () => {
    snapshot.hold();
    // SQLite cannot end a transaction while a query runs.
    const query = db.prepare('SELECT name FROM sqlite_schema').iterate();
    query.next();
    await systemRuntime.turn();
    await systemRuntime.turn();
    expect(db.inTransaction).toBe(true);
    write(2);
    expect(() => snapshot.hold()).toThrow('busy');
    query.return!();
    expect(snapshot.hold()).toBe(2);
    await systemRuntime.turn();
    expect(db.inTransaction).toBe(false);
  });
});
