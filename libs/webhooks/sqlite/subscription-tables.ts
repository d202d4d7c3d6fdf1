import type { Db } from '#sqlite';
import type { Subscription, TrackName, TrackPlace, WebhookSecret } from '../subscription.js';

/** A subscription with its secrets and places, without its attempts. */
export interface SubscriptionDocument {
  readonly subscription: Subscription;
  /** The oldest first. */
  readonly secrets: readonly WebhookSecret[];
  readonly places: Readonly<Partial<Record<TrackName, TrackPlace>>>;
}

/** The result that a change would have. */
export interface TriedChange<T> {
  readonly result: T;
  readonly before: SubscriptionDocument | undefined;
  readonly after: SubscriptionDocument | undefined;
}

type Row = Omit<Subscription, 'filter'> & { readonly filter: string };

/** The tables of a `WebhookStore` as documents, one for each subscription, where the tables are a copy of documents in a cluster. */
export class SubscriptionTables {
  private readonly statements: ReturnType<typeof prepared>;

  constructor(private readonly db: Db) {
    this.statements = prepared(db);
  }

  ids(): string[] {
    return (this.statements.ids.all() as { readonly id: string }[]).map(({ id }) => id);
  }

  read(id: string): SubscriptionDocument | undefined {
    const row = this.statements.find.get(id) as Row | undefined;
    if (!row) return undefined;
    const secrets = this.statements.secrets.all(id) as (WebhookSecret & { readonly until: number | null })[];
    const places = this.statements.places.all(id) as { readonly track: string; readonly place: string }[];
    return {
      subscription: { ...row, filter: JSON.parse(row.filter) as Subscription['filter'] },
      secrets: secrets.map(({ until, ...rest }) => ({ ...rest, ...(until !== null && { until }) })),
      places: Object.fromEntries(places.map(({ track, place }) => [track, JSON.parse(place) as TrackPlace])),
    };
  }

  /** Replaces the rows of the subscription by the document; undefined: removes them. Attempts stay, unless the subscription is removed. */
  put(id: string, document: SubscriptionDocument | undefined): void {
    const { statements } = this;
    this.change(() => {
      if (!document) {
        statements.remove.run(id);
        return;
      }
      const { subscription, secrets, places } = document;
      statements.put.run({ ...subscription, filter: JSON.stringify(subscription.filter) });
      statements.removeSecrets.run(id);
      for (const [number, { until = null, ...secret }] of secrets.entries())
        statements.addSecret.run({ id, number: number + 1, until, ...secret });
      statements.removePlaces.run(id);
      for (const [track, place] of Object.entries(places))
        statements.addPlace.run(id, track, JSON.stringify(place));
    });
  }

  /** The subscription before the work, and as it would be after the work. The tables stay as they are. */
  tryOut<T>(id: string, work: () => T): TriedChange<T> {
    const before = this.read(id);
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      return { result, before, after: this.read(id) };
    } finally {
      this.db.exec('ROLLBACK');
    }
  }

  /** Does the work in a transaction. */
  change(work: () => void): void {
    this.db.transaction(work).immediate();
  }
}

const COLUMNS = 'id, owner, url, kind, filter, server, description, created, state, reason, version';

function prepared(db: Db) {
  return {
    ids: db.prepare('SELECT id FROM subscriptions'),
    find: db.prepare(`SELECT ${COLUMNS} FROM subscriptions WHERE id = ?`),
    put: db.prepare(
      `INSERT INTO subscriptions (${COLUMNS})
       VALUES (@id, @owner, @url, @kind, @filter, @server, @description, @created, @state, @reason, @version)
       ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, url = excluded.url, description = excluded.description,
         state = excluded.state, reason = excluded.reason, version = excluded.version`,
    ),
    remove: db.prepare('DELETE FROM subscriptions WHERE id = ?'),
    secrets: db.prepare('SELECT secret, created, until FROM secrets WHERE subscription = ? ORDER BY number'),
    removeSecrets: db.prepare('DELETE FROM secrets WHERE subscription = ?'),
    addSecret: db.prepare(
      'INSERT INTO secrets (subscription, number, secret, created, until) VALUES (@id, @number, @secret, @created, @until)',
    ),
    places: db.prepare('SELECT track, place FROM tracks WHERE subscription = ? ORDER BY track'),
    removePlaces: db.prepare('DELETE FROM tracks WHERE subscription = ?'),
    addPlace: db.prepare('INSERT INTO tracks (subscription, track, place) VALUES (?, ?, ?)'),
  };
}
