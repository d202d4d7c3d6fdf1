import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isDamaged } from './errors.js';
import { claim, lockAlone, openSqlite, removeDatabase, type Db, type FileMark } from './files.js';

const MARK: FileMark = { application: 0x42547374, format: 2 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'borderline-sqlite-'));
  file = join(folder, 'one.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function opened<T>(work: (db: Db) => T): T {
  const db = openSqlite(file, { timeout: 0 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const claimed = (mark = MARK): string =>
  opened((db) => claim(db, mark, () => db.exec('CREATE TABLE things (id INTEGER PRIMARY KEY)')));
const tables = (): unknown[] =>
  opened((db) => db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all());

describe('a file', () => {
  it('is marked, with its tables, where it is empty, and stays ours', () => {
    expect(claimed()).toBe('ours');
    expect(claimed()).toBe('ours');
    expect(tables()).toEqual(['things']);
  });

  it('of another format is told apart, and stays as it is', () => {
    claimed();
    expect(claimed({ ...MARK, format: 3 })).toBe('earlier');
    expect(claimed({ ...MARK, format: 1 })).toBe('newer');
    expect(claimed()).toBe('ours');
  });

  it('of something else stays as it is, with a mark and without one', () => {
    opened((db) => db.exec('CREATE TABLE others (id INTEGER)'));
    expect(claimed()).toBe('foreign');
    opened((db) => db.pragma('application_id = 7'));
    expect(claimed()).toBe('foreign');
    expect(tables()).toEqual(['others']);
  });

  it('is not marked where its tables cannot be made', () => {
    const fails = (): never => {
      throw new Error('no');
    };
    expect(() => opened((db) => claim(db, MARK, fails))).toThrow('no');
    expect(claimed()).toBe('ours');
  });

  it('that is no database, or lacks a table, is damaged; one that another has locked is not', () => {
    const errorOf = (work: (db: Db) => unknown): unknown => {
      try {
        return opened(work);
      } catch (error) {
        return error;
      }
    };
    expect(isDamaged(errorOf((db) => db.exec('SELECT * FROM nothing')))).toBe(true);
    const release = lockAlone(file);
    expect(isDamaged(errorOf((db) => db.exec('BEGIN IMMEDIATE')))).toBe(false);
    release?.();
    writeFileSync(file, 'no database, whatever its name says '.repeat(50));
    expect(isDamaged(errorOf((db) => db.pragma('user_version')))).toBe(true);
  });

  it('is removed with everything that SQLite keeps beside it', () => {
    const db = openSqlite(file, { timeout: 0 }, (db) => db.pragma('journal_mode = WAL'));
    db.exec('CREATE TABLE things (id INTEGER)');
    expect(readdirSync(folder)).toHaveLength(3);
    removeDatabase(file);
    expect(readdirSync(folder)).toEqual([]);
    db.close();
  });
});

describe('a lock', () => {
  it('is of one holder at a time', () => {
    const release = lockAlone(file);
    expect(release).toBeDefined();
    expect(lockAlone(file)).toBeUndefined();
    release?.();
    const next = lockAlone(file);
    expect(next).toBeDefined();
    next?.();
  });
});
