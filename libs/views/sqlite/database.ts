import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

export type Db = Database.Database;
export type Statement<P extends unknown[], R> = Database.Statement<P, R>;

/** What a file holds besides what follows from its being a file that follows the log. */
export interface Layout {
  readonly schema: string;
  /** Stands for the layout: a file of another one is built anew from the log. */
  readonly version: number;
  /** Memory for pages of the file, in megabytes. */
  readonly cache: number;
}

const FOLLOWED = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
  CREATE TABLE set_aside (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, reason TEXT NOT NULL);
`;

/**
 * Effects are clustered by cell and rank, the order an as-of query walks them in. Instants are milliseconds, recorded times
 * sequences; a bound that is NULL lies open. A cell is vague once some effect in it has a bound that is.
 */
export const EFFECTS = layoutOf(
  96,
  `
  CREATE TABLE cells (
    id INTEGER PRIMARY KEY,
    category TEXT NOT NULL, subject TEXT NOT NULL, aspect TEXT NOT NULL, key TEXT NOT NULL, rule TEXT NOT NULL,
    vague INTEGER NOT NULL DEFAULT 0,
    UNIQUE (category, subject, aspect, key)
  );
  CREATE TABLE effects (
    cell INTEGER NOT NULL,
    from_latest INTEGER NOT NULL,
    recorded_from INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    from_earliest INTEGER NOT NULL,
    until_earliest INTEGER, until_latest INTEGER,
    reported_from INTEGER NOT NULL, reported_until INTEGER, recorded_until INTEGER,
    event_id TEXT NOT NULL, because TEXT,
    claimant TEXT NOT NULL, standing TEXT NOT NULL, reliability TEXT NOT NULL,
    value TEXT NOT NULL, then_value TEXT,
    PRIMARY KEY (cell, from_latest, reported_from, event_id, ordinal, recorded_from)
  ) WITHOUT ROWID;
  CREATE INDEX vague_starts ON effects (cell, from_latest) WHERE from_earliest < from_latest;
  CREATE INDEX ends ON effects (cell, until_latest) WHERE until_latest IS NOT NULL;
  CREATE INDEX vague_ends ON effects (cell, until_latest) WHERE until_earliest < until_latest;
  CREATE TABLE zone_map (
    cell INTEGER NOT NULL,
    from_latest INTEGER NOT NULL, reported_from INTEGER NOT NULL, event_id TEXT NOT NULL,
    min_reported INTEGER NOT NULL, min_recorded INTEGER NOT NULL, max_until INTEGER NOT NULL,
    PRIMARY KEY (cell, from_latest, reported_from, event_id)
  ) WITHOUT ROWID;
  CREATE TABLE notes (id TEXT PRIMARY KEY, target TEXT NOT NULL, sequence INTEGER NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX notes_by_target ON notes (target);
  CREATE TABLE orphans (target TEXT PRIMARY KEY) WITHOUT ROWID;
`,
);

/** What is said over and over about events is kept once, in `names`. */
export const SEARCH = layoutOf(
  16,
  `
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (sequence INTEGER PRIMARY KEY, occurred INTEGER NOT NULL, reported INTEGER NOT NULL);
  CREATE VIRTUAL TABLE words
    USING fts5 (keys, text, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2');
  INSERT INTO words (words, rank) VALUES ('automerge', 16);
`,
);

function layoutOf(cache: number, tables: string): Layout {
  const schema = FOLLOWED + tables;
  return { schema, cache, version: createHash('sha256').update(schema).digest().readUInt32BE() >>> 1 };
}

/**
 * Opens or creates a file. Commits are not fsynced: after a crash the file is whole, though perhaps some commits back, and
 * the follower takes it up from its checkpoint.
 */
export function openDatabase(file: string, { schema, version, cache }: Layout = EFFECTS): Db {
  const db = new Database(file, { timeout: 10_000 });
  db.pragma('page_size = 8192');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma(`cache_size = -${cache * 1024}`);
  // A batch touches a page or two of every cell: fewer checkpoints write each of them fewer times.
  db.pragma('wal_autocheckpoint = 8000');
  if (db.pragma('user_version', { simple: true }) === 0) {
    db.transaction(() => {
      db.exec(schema);
      db.pragma(`user_version = ${version}`);
    })();
  }
  return db;
}

/** Whether the file is a whole one of the layout. */
export function hasLayout(file: string, { version }: Layout): boolean {
  try {
    const db = new Database(file, { readonly: true });
    try {
      return db.pragma('user_version', { simple: true }) === version;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}
