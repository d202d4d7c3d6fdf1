import { chmodSync, closeSync, openSync } from 'node:fs';
import { claim, formatIn, openSqlite, type Db, type FileMark } from '#sqlite';

/** "BWhk". */
const WEBHOOKS: FileMark = { application: 0x4257686b, format: 1 };
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
export function openWebhookFile(file: string): Db {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  return openSqlite(file, { timeout: OPENING_MS }, (db) => {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('cache_size = -2048');
    const found = claim(db, WEBHOOKS, () => db.exec(SCHEMA));
    if (found === 'foreign') throw new Error(`${file} is a database of something else`);
    if (found === 'newer')
      throw new Error(`${file} has format ${formatIn(db)}; this version reads ${WEBHOOKS.format}`);
    // Nothing waits inside SQLite: that would block the thread.
    db.pragma('busy_timeout = 0');
  });
}
