import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { KeyError, KeyStore } from '#data-folder';
import { engineOf, reasonOf } from '#log';
import type { Runtime } from '#runtime';
import type {
  AddressRules,
  Deliverer,
  Outbound,
  Places,
  Sender,
  SourceOf,
  Subscription,
  WebhookState,
  WebhookStore,
} from '#webhooks';
import type * as webhooks from '#webhooks';
import { FROM_SETTINGS } from '../keys/key-guard.js';
import { Metrics } from '../health/metrics.js';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { VERSION } from '../version.js';
import { WebhookSources } from './webhook-sources.js';

/** How often a server without the file looks whether another process has made it. */
const LOOK_MS = 1_000;

/** The parts that deliver, once there is a webhook. */
export interface OpenWebhooks {
  readonly store: WebhookStore;
  readonly sender: Sender;
  readonly deliverer: Deliverer;
  readonly rules: AddressRules;
  readonly outbound: Outbound;
  readonly places: Places;
  /** The library, which is loaded with the first webhook only. */
  readonly library: typeof webhooks;
}

/**
 * Opens `webhooks.db` where there is one, or with the first webhook, and delivers as long as the server runs, unless the settings switch that
 * off. A data folder without webhooks has no such file.
 */
@Injectable()
export class WebhookDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('webhooks');
  private readonly stopping = new AbortController();
  private readonly file: string;
  private open: Promise<OpenWebhooks> | undefined;
  private present: OpenWebhooks | undefined;

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly keys: KeyStore,
    private readonly sources: WebhookSources,
    private readonly metrics: Metrics,
  ) {
    this.file = join(settings.data, 'webhooks.db');
  }

  onApplicationBootstrap(): void {
    if (this.isDistributed || this.settings.webhooks === 'off') return;
    void this.openWhenThere();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const opened = await this.open?.catch(() => undefined);
    if (!opened) return;
    await opened.deliverer.stop();
    await opened.outbound.close();
    opened.store.close();
  }

  /** Undefined where there are no webhooks. Throws Problem `not-supported`, `unavailable`. */
  async existing(): Promise<OpenWebhooks | undefined> {
    this.assertHere();
    return this.open ?? (existsSync(this.file) ? this.opened() : undefined);
  }

  /** Throws as `existing`. */
  async opened(): Promise<OpenWebhooks> {
    this.assertHere();
    const opening = (this.open ??= this.opening());
    try {
      return (this.present = await opening);
    } catch (error) {
      if (this.open === opening) this.open = undefined;
      const detail = `The webhooks cannot be used now: ${reasonOf(error)}.`;
      throw new Problem('unavailable', detail, { cause: error });
    }
  }

  /** The number of webhooks in each state, and of requests under way. */
  get figures(): { readonly states: Readonly<Record<WebhookState, number>>; readonly requests: number } {
    const states = { active: 0, paused: 0, parked: 0, gone: 0 };
    if (!this.present || this.stopping.signal.aborted) return { states, requests: 0 };
    for (const { state } of this.present.store.list()) states[state] += 1;
    return { states, requests: this.present.places.taken };
  }

  private get isDistributed(): boolean {
    return engineOf(this.settings.log) !== 'sqlite';
  }

  private assertHere(): void {
    if (this.stopping.signal.aborted)
      throw new Problem('unavailable', 'The server is stopping.', { retryAfter: 5 });
    if (!this.isDistributed) return;
    throw new Problem('not-supported', 'A server whose log is in a cluster does not deliver webhooks yet.');
  }

  private async openWhenThere(): Promise<void> {
    const { signal } = this.stopping;
    for (let told = ''; !signal.aborted && this.open === undefined;) {
      try {
        if (existsSync(this.file)) await this.opened();
      } catch (error) {
        const reason = reasonOf((error as Problem).more.cause);
        if (reason !== told && !signal.aborted) this.logger.error(`webhooks.db cannot be used: ${reason}`);
        told = reason;
      }
      if (this.open === undefined) await this.runtime.sleep(LOOK_MS, signal);
    }
  }

  private async opening(): Promise<OpenWebhooks> {
    const library = await import('#webhooks');
    const { runtime, settings } = this;
    const store = new library.WebhookStore(this.file, runtime);
    const rules = new library.AddressRules(settings.outbound);
    const outbound = new library.Outbound({ runtime, rules });
    const places = new library.Places();
    const userAgent = `Borderline/${VERSION}`;
    const sender = new library.Sender({ store, outbound, places, runtime, userAgent });
    const sourceOf: SourceOf = ({ kind, filter, server }) => this.sources.of(kind, filter, server);
    const deliverer = new library.Deliverer({
      store,
      sender,
      sourceOf,
      runtime,
      lock: `${this.file}.lock`,
      isEntitled: (owner) => this.isEntitled(owner),
      onAttempt: ({ delivered }) => this.count(delivered),
      onState: (subscription, state, reason) => this.tell(subscription, state, reason),
      onError: (error, { id }) => this.logger.warn(`webhook ${id} cannot go on now: ${reasonOf(error)}`),
    });
    if (settings.webhooks === 'on') deliverer.start();
    return { store, sender, deliverer, rules, outbound, places, library };
  }

  private count(delivered: boolean): void {
    this.metrics.count(({ deliveries }) => deliveries.inc({ outcome: delivered ? 'delivered' : 'failed' }));
  }

  private tell({ id, url }: Subscription, state: WebhookState, reason: string): void {
    this.logger.warn(`webhook ${id} to ${new URL(url).host} is ${state}: ${reason}`);
  }

  /**
   * Always true for the operator; for a key while it is valid; a token cannot be checked later. While the keys cannot be read, all count as
   * valid.
   */
  isEntitled(owner: string): boolean {
    if (owner === FROM_SETTINGS.id || owner.includes('#')) return true;
    try {
      return this.keys.holds(owner);
    } catch (error) {
      if (error instanceof KeyError) return true;
      throw error;
    }
  }
}
