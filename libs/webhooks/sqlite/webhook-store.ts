import type { Runtime } from '#runtime';
import type { Db } from '#sqlite';
import type { SourceKind, StoredFilter } from '../message-source.js';
import type {
  DeliveryAttempt,
  TrackName,
  TrackPlace,
  Subscription,
  WebhookSecret,
  WebhookState,
} from '../subscription.js';
import type { Commits } from './commits.js';
import { SharedCommits } from './shared-commits.js';
import { SubscriptionTables } from './subscription-tables.js';
import { openWebhookFile } from './webhook-file.js';
import { webhookStatements } from './webhook-statements.js';

/** The bounds of the attempts of a subscription that are stored: their number, and their age in milliseconds. */
const MOST_ATTEMPTS = 1_000;
const STORED_MS = 7 * 24 * 60 * 60 * 1_000;
/** The number of attempts between two searches for old attempts, which read all of them. */
const FORGET_EVERY = 50;
/** The greatest number of secrets of a subscription that sign at the same time. */
const MOST_SECRETS = 5;

/** An attempt with its number among the attempts of its subscription. */
export interface NumberedAttempt extends DeliveryAttempt {
  readonly number: number;
}

/** A track, with the version of its subscription. */
export interface ActiveTrack {
  readonly id: string;
  readonly version: number;
  readonly track: TrackName;
}

/** The members that a client can change, and the changes by the server. */
export type SubscriptionChange = Partial<
  Pick<Subscription, 'url' | 'description' | 'owner' | 'state' | 'reason'>
>;

interface Row extends Omit<Subscription, 'filter' | 'kind' | 'state'> {
  readonly filter: string;
  readonly kind: string;
  readonly state: string;
}

/**
 * The subscriptions, their secrets, places and attempts, in one file. Reads are immediate; a change is durable when its promise is
 * fulfilled: in the file, which several processes may use, or where `elsewhere` stores it. With `elsewhere` the file is a copy, and has
 * only the attempts of this process. Stores of both kinds pass `contractSuite`.
 */
export class WebhookStore {
  private readonly db: Db;
  private readonly commits: Commits;
  private readonly statements: ReturnType<typeof webhookStatements>;

  constructor(file: string, runtime: Runtime, elsewhere?: (tables: SubscriptionTables) => Commits) {
    this.db = openWebhookFile(file);
    // After a power cut, a copy reads the lost changes again.
    if (elsewhere) this.db.pragma('synchronous = NORMAL');
    this.commits = elsewhere?.(new SubscriptionTables(this.db)) ?? new SharedCommits(this.db, runtime);
    this.statements = webhookStatements(this.db);
  }

  /**
   * Makes sure that reads show the changes of other processes: all changes by their clients, and the places of the tracks of the given
   * subscriptions. Resolves to a number that differs where something was changed. Rejects where that cannot be known now.
   */
  refresh(ids: readonly string[] = []): Promise<number> {
    return this.commits.refresh(ids);
  }

  /** In the order of their creation. */
  list(): Subscription[] {
    return (this.statements.list.all() as Row[]).map(subscriptionOf);
  }

  /** The tracks of active subscriptions that still deliver. It reads little of each: a store may have thousands. */
  activeTracks(): ActiveTrack[] {
    return this.statements.activeTracks.all() as ActiveTrack[];
  }

  /** The owners of active subscriptions, each once. */
  activeOwners(): string[] {
    return this.statements.activeOwners.all() as string[];
  }

  find(id: string): Subscription | undefined {
    const row = this.statements.find.get(id) as Row | undefined;
    return row && subscriptionOf(row);
  }

  place(id: string, track: TrackName): TrackPlace | undefined {
    const row = this.statements.place.get(id, track) as { readonly place: string } | undefined;
    return row && (JSON.parse(row.place) as TrackPlace);
  }

  /** The secrets that sign at the instant, the newest first. */
  secrets(id: string, now: number): WebhookSecret[] {
    const rows = this.statements.secrets.all(id, now, MOST_SECRETS) as {
      readonly secret: string;
      readonly created: number;
      readonly until: number | null;
    }[];
    return rows.map(({ until, ...rest }) => ({ ...rest, ...(until !== null && { until }) }));
  }

  /** The attempts of the last seven days, the last first; `before`: only attempts with a smaller number. */
  attempts(
    id: string,
    now: number,
    { limit, before }: { readonly limit: number; readonly before?: number | undefined },
  ): NumberedAttempt[] {
    const since = now - STORED_MS;
    const rows = this.statements.attempts.all(id, before ?? Number.MAX_SAFE_INTEGER, since, limit) as {
      readonly number: number;
      readonly attempt: string;
    }[];
    return rows.map(({ number, attempt }) => ({ number, ...(JSON.parse(attempt) as DeliveryAttempt) }));
  }

  /** Adds a subscription; false where its owner has `most` already. */
  add(
    subscription: Subscription,
    { secret, after, most }: { readonly secret: string; readonly after: string; readonly most: number },
  ): Promise<boolean> {
    const { id, owner, created, filter, ...rest } = subscription;
    return this.changing(id, () => {
      const { count } = this.statements.countOf.get(owner) as { readonly count: number };
      if (count >= most) return false;
      this.statements.add.run({ id, owner, created, filter: JSON.stringify(filter), ...rest });
      this.statements.addSecret.run({ id, secret, created });
      this.keep(id, 'live', placeAt(after));
      return true;
    });
  }

  /**
   * The changed subscription; undefined where there is none with the id. If the subscription becomes active, a failed message is due
   * immediately.
   */
  change(id: string, change: SubscriptionChange): Promise<Subscription | undefined> {
    return this.changing(id, () => {
      const before = this.find(id);
      if (!before) return undefined;
      const after = { ...before, ...change, version: before.version + 1 };
      const { owner, url, description, state, reason, version } = after;
      this.statements.change.run({ id, owner, url, description, state, reason, version });
      const place = this.place(id, 'live');
      if (change.state === 'active' && place) this.keep(id, 'live', placeAt(place.after));
      return after;
    });
  }

  remove(id: string): Promise<boolean> {
    return this.changing(id, () => this.statements.remove.run(id).changes > 0);
  }

  /** The earlier secrets sign until the instant, or until their own end where that is earlier. */
  addSecret(id: string, secret: string, now: number, until: number): Promise<void> {
    return this.changing(id, () => {
      this.statements.endSecrets.run({ id, until });
      this.statements.forgetSecrets.run(id, now);
      this.statements.addSecret.run({ id, secret, created: now });
    });
  }

  /** Begins the redelivery after a position, up to another position, inclusive. `false`: a redelivery is under way. */
  redeliver(id: string, after: string, until: string): Promise<boolean> {
    return this.changing(id, () => {
      const before = this.place(id, 'redelivery');
      if (before && !before.hasGivenUp) return false;
      this.keep(id, 'redelivery', { ...placeAt(after), until });
      this.statements.touch.run(id);
      return true;
    });
  }

  /** Ends the redelivery; `false`: there was none. */
  endRedelivery(id: string): Promise<boolean> {
    return this.changing(id, () => {
      this.statements.touch.run(id);
      return this.statements.end.run(id, 'redelivery').changes > 0;
    });
  }

  /** Skips the message at the head of the live track; false where that is another message, or has not failed. */
  skip(id: string, isIt: (position: string) => boolean): Promise<boolean> {
    return this.changing(id, () => {
      const { head } = this.place(id, 'live') ?? {};
      if (head === undefined || !isIt(head)) return false;
      this.keep(id, 'live', placeAt(head));
      this.statements.touch.run(id);
      return true;
    });
  }

  /**
   * Stores the outcome of an attempt: the new state of its track (undefined: it has ended), and a state for an active subscription. Stores
   * nothing where the place was moved meanwhile, and no failure where the failures before it were forgotten meanwhile: a client has resumed the webhook,
   * and the message is due.
   */
  settle(
    id: string,
    track: TrackName,
    from: TrackPlace,
    outcome: {
      readonly place: TrackPlace | undefined;
      readonly attempt?: DeliveryAttempt;
      readonly becomes?: { readonly state: WebhookState; readonly reason: string };
    },
  ): Promise<void> {
    const { place, attempt, becomes } = outcome;
    return this.commits.write({
      id,
      byDeliverer: true,
      beside: attempt && (() => this.insertAttempt(id, attempt)),
      run: () => {
        const present = this.place(id, track);
        if (present?.after !== from.after) return;
        if (place !== undefined && place.failures > from.failures && present.failures < from.failures) return;
        if (place === undefined) this.statements.end.run(id, track);
        else this.keep(id, track, place);
        if (becomes) this.statements.become.run({ id, ...becomes });
      },
    });
  }

  /** Stores the attempt of a message without a track. */
  addAttempt(id: string, attempt: DeliveryAttempt): Promise<void> {
    return this.commits.write({ id, run: () => undefined, beside: () => this.insertAttempt(id, attempt) });
  }

  async close(): Promise<void> {
    await this.commits.close();
    this.db.close();
  }

  private changing<T>(id: string, run: () => T): Promise<T> {
    return this.commits.write({ id, run });
  }

  private keep(id: string, track: TrackName, place: TrackPlace): void {
    this.statements.keep.run({ id, track, place: JSON.stringify(place) });
  }

  private insertAttempt(id: string, attempt: DeliveryAttempt): void {
    const counted = this.statements.count.get(id) as { readonly attempts: number } | undefined;
    if (!counted) return;
    const { attempts: number } = counted;
    this.statements.attempt.run(id, number, attempt.at, JSON.stringify(attempt));
    this.statements.forget.run(id, number - MOST_ATTEMPTS);
    if (number % FORGET_EVERY === 0) this.statements.forgetOld.run(id, attempt.at - STORED_MS);
  }
}

const placeAt = (after: string): TrackPlace => ({ after, failures: 0, reason: '', hasGivenUp: false });

const subscriptionOf = ({ filter, kind, state, ...rest }: Row): Subscription => ({
  ...rest,
  kind: kind as SourceKind,
  state: state as WebhookState,
  filter: JSON.parse(filter) as StoredFilter,
});
