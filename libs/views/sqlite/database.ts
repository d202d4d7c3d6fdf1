import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { claim, formatIn, isDamaged, openSqlite, type Db } from '#sqlite';
import { CELL_COLUMNS, CONTENT_COLUMNS, CORRECTION_COLUMNS, EFFECTS_TABLE_COLUMNS } from './table-columns.js';
import { RANK_COLUMNS, ROW_KEY } from './rank-keys.js';
import { definitionsOf } from './sql-columns.js';

/** The parameters of a statement, by name. */
export type Parameters = Readonly<Record<string, number | string | null>>;

/** The tables of a file besides the tables that every projection has. */
export interface Layout {
  readonly schema: string;
  /** Identifies the layout: a file of another layout is rebuilt from the log. */
  readonly version: number;
  /** Memory for pages of the file, in megabytes: `cache` for the writer, `readCache` for the reader. */
  readonly cache: number;
  readonly readCache: number;
}

const EVERY = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE parked (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, reason TEXT NOT NULL);
`;

/**
 * Effects are clustered by cell and rank, in the order in which an as-of query walks them. table-columns.ts has their columns. `due` and `touched` have
 * the subjects that may change (due-table.ts).
 */
export const EFFECTS = layoutOf(
  { cache: 96, readCache: 32 },
  `
  CREATE TABLE cells (${definitionsOf(CELL_COLUMNS)}, UNIQUE (category, subject, aspect, key));
  CREATE TABLE effects (${definitionsOf(EFFECTS_TABLE_COLUMNS)}, PRIMARY KEY (cell, ${ROW_KEY.join(', ')})) WITHOUT ROWID;
  CREATE TABLE contents (${definitionsOf(CONTENT_COLUMNS)});
  CREATE INDEX vague_starts ON effects (cell, from_latest) WHERE from_earliest < from_latest;
  CREATE INDEX ends ON effects (cell, until_latest) WHERE until_latest IS NOT NULL;
  CREATE INDEX vague_ends ON effects (cell, until_latest) WHERE until_earliest < until_latest;
  CREATE TABLE zone_map (
    cell INTEGER NOT NULL,
    from_latest INTEGER NOT NULL, reported_from INTEGER NOT NULL, event_id TEXT NOT NULL,
    min_reported INTEGER NOT NULL, min_recorded INTEGER NOT NULL, max_until INTEGER NOT NULL,
    PRIMARY KEY (cell, ${RANK_COLUMNS})
  ) WITHOUT ROWID;
  CREATE TABLE due (
    at INTEGER NOT NULL, category TEXT NOT NULL, subject TEXT NOT NULL,
    PRIMARY KEY (at, category, subject)
  ) WITHOUT ROWID;
  CREATE TABLE touched (
    sequence INTEGER NOT NULL, category TEXT NOT NULL, subject TEXT NOT NULL,
    earliest INTEGER NOT NULL, latest INTEGER NOT NULL, last_start INTEGER NOT NULL,
    PRIMARY KEY (sequence, category, subject)
  ) WITHOUT ROWID;
  CREATE TABLE corrections (${definitionsOf(CORRECTION_COLUMNS)}) WITHOUT ROWID;
  CREATE INDEX corrections_by_target ON corrections (target);
  CREATE TABLE orphans (target TEXT PRIMARY KEY) WITHOUT ROWID;
`,
);

/**
 * Texts that many events share are stored once, in `names`. With `automerge` 8, the lists of a level are merged step by step, into pages
 * that become free. With 16, they would be merged in one step, into new pages, and half of the file would stay free.
 */
export const SEARCH = layoutOf(
  { cache: 16, readCache: 8 },
  `
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (sequence INTEGER PRIMARY KEY, begins INTEGER NOT NULL, ends INTEGER NOT NULL, reported INTEGER NOT NULL);
  CREATE VIRTUAL TABLE words
    USING fts5 (keys, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
  INSERT INTO words (words, rank) VALUES ('automerge', 8);
`,
);

function layoutOf(caches: Pick<Layout, 'cache' | 'readCache'>, tables: string): Layout {
  const schema = EVERY + tables;
  return { ...caches, schema, version: createHash('sha256').update(schema).digest().readUInt32BE() >>> 1 };
}

/**
 * Opens or creates a file for its writer. Commits are not fsynced: after a crash the file is whole, but the last commits may be missing;
 * the consumer continues from the checkpoint of the file. `busyTimeout`: milliseconds for which SQLite, and so the thread, may wait for
 * another process.
 */
export function openDatabase(file: string, layout: Layout = EFFECTS, busyTimeout = 0): Db {
  return openSqlite(file, { timeout: busyTimeout }, (db) => {
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma(`cache_size = -${layout.cache * 1024}`);
    // A batch touches a page or two of every cell: with fewer checkpoints, each page is written fewer times.
    db.pragma('wal_autocheckpoint = 8000');
    claim(db, { application: 0, format: layout.version }, () => db.exec(layout.schema));
  });
}

const READING = { readonly: true, fileMustExist: true, timeout: 0 };

/** Opens a file for reading, beside its writer; never waits for a lock. Undefined where there is no file of the layout. */
export function openToRead(file: string, layout: Layout): Db | undefined {
  if (stateOf(file, layout) !== 'ours') return undefined;
  return openSqlite(file, READING, (db) => db.pragma(`cache_size = -${layout.readCache * 1024}`));
}

/** The checkpoint and the fingerprint that a file stores; undefined where there is no file of the layout, or where the file cannot be read now. */
export function storedIn(
  file: string,
  layout: Layout,
): { readonly checkpoint: number; readonly fingerprint: string | undefined } | undefined {
  let db: Db | undefined;
  try {
    db = openToRead(file, layout);
    const meta = db?.prepare<[string], number | string>('SELECT value FROM meta WHERE name = ?').pluck();
    if (meta === undefined) return undefined;
    const fingerprint = meta.get('fingerprint') as string | undefined;
    return { checkpoint: Number(meta.get('checkpoint') ?? 0), fingerprint };
  } catch {
    return undefined;
  } finally {
    db?.close();
  }
}

/** `other`: the file is damaged, or of another layout. Throws where the file cannot be read now: it is locked, or the disk fails. */
export function stateOf(file: string, layout: Layout): 'absent' | 'ours' | 'other' {
  if (!existsSync(file)) return 'absent';
  let db: Db | undefined;
  try {
    db = openSqlite(file, READING);
    return formatIn(db) === layout.version ? 'ours' : 'other';
  } catch (error) {
    if (isDamaged(error)) return 'other';
    throw error;
  } finally {
    db?.close();
  }
}
