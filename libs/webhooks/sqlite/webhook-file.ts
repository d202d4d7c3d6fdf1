import { chmodSync, closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';

/** "BWhk": marks the file as ours (PRAGMA application_id). */
const APPLICATION_ID = 0x4257686b;
/** Version of the file format (PRAGMA user_version). */
const FORMAT = 1;
/** Milliseconds that opening waits for another process. */
const OPENING_MS = 5_000;

const SCHEMA = `
  CREATE TABLE subscriptions (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    filter TEXT NOT NULL,
    server TEXT NOT NULL,
    description TEXT NOT NULL,
    created INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    version INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE secrets (
    subscription TEXT NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
    number INTEGER NOT NULL,
    secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    until INTEGER,
    PRIMARY KEY (subscription, number)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE tracks (
    subscription TEXT NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
    track TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (subscription, track)
  ) WITHOUT ROWID, STRICT;
  CREATE TABLE attempts (
    subscription TEXT NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    attempt TEXT NOT NULL,
    PRIMARY KEY (subscription, number)
  ) WITHOUT ROWID, STRICT;
`;

/**
 * Opens the file of the subscriptions, or creates it. It has secrets, so only its owner may read it; SQLite gives its write-ahead log the same
 * mode. A commit is on disk when it returns. Throws the errors of SQLite, and Error where the file is not ours.
 */
export function openWebhookFile(file: string): Database.Database {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new Database(file, { timeout: OPENING_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('cache_size = -2048');
    db.transaction(() => {
      const application = db.pragma('application_id', { simple: true });
      if (application === 0) {
        db.exec(SCHEMA);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${FORMAT}`);
        return;
      }
      const format = db.pragma('user_version', { simple: true });
      if (application !== APPLICATION_ID) throw new Error(`${file} is a database of something else`);
      if (Number(format) > FORMAT)
        throw new Error(`${file} has format ${String(format)}; this version reads ${FORMAT}`);
    }).immediate();
    // Nothing waits inside SQLite: that would block the thread.
    db.pragma('busy_timeout = 0');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Locks the file for this process, against all other processes of the machine, until the returned function is called or the process ends:
 * the system releases the locks of a process as soon as it dies. Undefined where another process has it.
 */
export function holdAlone(file: string): (() => void) | undefined {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/**
 * Whether another process has the lock. The error is recognised by its shape, because the addon makes its errors with the class of its
 * first user.
 */
export const isTaken = (error: unknown): boolean =>
  /^SQLITE_(BUSY|LOCKED)/.test(String((error as { readonly code?: unknown }).code));
