import type { Db } from '#sqlite';

const COLUMNS = 'id, owner, url, kind, filter, server, description, created, state, reason, version';

/** The statements of a file of webhooks. */
export function webhookStatements(db: Db) {
  return {
    list: db.prepare(`SELECT ${COLUMNS} FROM subscriptions ORDER BY created, id`),
    activeTracks: db.prepare(
      `SELECT id, version, track FROM tracks JOIN subscriptions ON id = subscription
       WHERE state = 'active' AND NOT place ->> 'hasGivenUp' ORDER BY created, id, track`,
    ),
    activeOwners: db.prepare(`SELECT DISTINCT owner FROM subscriptions WHERE state = 'active'`).pluck(),
    find: db.prepare(`SELECT ${COLUMNS} FROM subscriptions WHERE id = ?`),
    countOf: db.prepare('SELECT count(*) AS count FROM subscriptions WHERE owner = ?'),
    add: db.prepare(
      `INSERT INTO subscriptions (${COLUMNS})
       VALUES (@id, @owner, @url, @kind, @filter, @server, @description, @created, @state, @reason, @version)`,
    ),
    change: db.prepare(
      `UPDATE subscriptions SET owner = @owner, url = @url, description = @description, state = @state,
       reason = @reason, version = @version WHERE id = @id`,
    ),
    become: db.prepare(
      `UPDATE subscriptions SET state = @state, reason = @reason WHERE id = @id AND state = 'active'`,
    ),
    touch: db.prepare('UPDATE subscriptions SET version = version + 1 WHERE id = ?'),
    remove: db.prepare('DELETE FROM subscriptions WHERE id = ?'),
    secrets: db.prepare(
      `SELECT secret, created, until FROM secrets WHERE subscription = ? AND (until IS NULL OR until > ?)
       ORDER BY number DESC LIMIT (SELECT ?)`,
    ),
    addSecret: db.prepare(
      `INSERT INTO secrets (subscription, number, secret, created)
       VALUES (@id, (SELECT coalesce(max(number), 0) + 1 FROM secrets WHERE subscription = @id), @secret, @created)`,
    ),
    endSecrets: db.prepare(
      'UPDATE secrets SET until = min(coalesce(until, @until), @until) WHERE subscription = @id',
    ),
    forgetSecrets: db.prepare('DELETE FROM secrets WHERE subscription = ? AND until <= ?'),
    place: db.prepare('SELECT place FROM tracks WHERE subscription = ? AND track = ?'),
    keep: db.prepare(
      `INSERT INTO tracks (subscription, track, place) SELECT id, @track, @place FROM subscriptions WHERE id = @id
       ON CONFLICT (subscription, track) DO UPDATE SET place = excluded.place`,
    ),
    end: db.prepare('DELETE FROM tracks WHERE subscription = ? AND track = ?'),
    attempts: db.prepare(
      `SELECT number, attempt FROM attempts WHERE subscription = ? AND number < ? AND at >= ?
       ORDER BY number DESC LIMIT (SELECT ?)`,
    ),
    count: db.prepare('UPDATE subscriptions SET attempts = attempts + 1 WHERE id = ? RETURNING attempts'),
    attempt: db.prepare('INSERT INTO attempts (subscription, number, at, attempt) VALUES (?, ?, ?, ?)'),
    forget: db.prepare('DELETE FROM attempts WHERE subscription = ? AND number <= ?'),
    forgetOld: db.prepare('DELETE FROM attempts WHERE subscription = ? AND at < ?'),
  };
}
