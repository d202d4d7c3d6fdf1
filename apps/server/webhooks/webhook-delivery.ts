import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { KeyError, KeyStore } from '#data-folder';
import { reasonOf } from '#log';
import type { Runtime } from '#runtime';
import type {
  AddressRules,
  Deliverer,
  Outbound,
  RequestSemaphore,
  Sender,
  SourceOf,
  Subscription,
  WebhookState,
  WebhookStore,
} from '#webhooks';
import type * as webhooks from '#webhooks';
import { FROM_SETTINGS } from '../keys/key-hook.js';
import { Metrics } from '../health/metrics.js';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { VERSION } from '../version.js';
import { WebhookStorage } from './webhook-storage.js';
import { WebhookSources } from './webhook-sources.js';

/** How often a server without webhooks checks whether another process has made one. */
const POLL_MS = 1_000;

/** The parts that deliver, once there is a webhook. */
export interface OpenWebhooks {
  readonly store: WebhookStore;
  readonly sender: Sender;
  readonly deliverer: Deliverer;
  readonly rules: AddressRules;
  readonly outbound: Outbound;
  readonly semaphore: RequestSemaphore;
  /** The library, which is loaded with the first webhook only. */
  readonly library: typeof webhooks;
}

/**
 * Opens the webhooks when there is a first webhook, and delivers as long as the server runs, unless the settings switch delivery off. A
 * data folder without webhooks has no file for webhooks.
 */
@Injectable()
export class WebhookDelivery implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('webhooks');
  private readonly stopping = new AbortController();
  private open: Promise<OpenWebhooks> | undefined;
  private present: OpenWebhooks | undefined;
  private loggedTrouble = '';

  constructor(
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly keys: KeyStore,
    private readonly storage: WebhookStorage,
    private readonly sources: WebhookSources,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.webhooks === 'off') return;
    void this.openWhenThere();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const opened = await this.open?.catch(() => undefined);
    await opened?.deliverer.stop();
    await opened?.outbound.close();
    await opened?.store.close();
    await this.storage.close();
  }

  /** Undefined where there are no webhooks. Throws Problem `unavailable`. */
  async existing(): Promise<OpenWebhooks | undefined> {
    this.assertRunning();
    if (this.open) return this.opened();
    const exists = await this.storage.exists().catch((error: unknown) => {
      throw unusable(error);
    });
    return exists ? this.opened() : undefined;
  }

  /** Throws as `existing`. */
  async opened(): Promise<OpenWebhooks> {
    this.assertRunning();
    const opening = (this.open ??= this.opening());
    try {
      return (this.present = await opening);
    } catch (error) {
      if (this.open === opening) this.open = undefined;
      throw unusable(error);
    }
  }

  /** The number of webhooks in each state, and of requests under way. */
  get figures(): { readonly states: Readonly<Record<WebhookState, number>>; readonly requests: number } {
    const states = { active: 0, paused: 0, parked: 0, gone: 0 };
    if (!this.present || this.stopping.signal.aborted) return { states, requests: 0 };
    for (const { state } of this.present.store.list()) states[state] += 1;
    return { states, requests: this.present.semaphore.underWay };
  }

  private assertRunning(): void {
    if (this.stopping.signal.aborted)
      throw new Problem('unavailable', 'The server is stopping.', { retryAfter: 5 });
  }

  private async openWhenThere(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted && this.open === undefined) {
      try {
        await this.existing();
      } catch (error) {
        this.logTrouble((error as Problem).more.cause);
      }
      if (this.open === undefined) await this.runtime.sleep(POLL_MS, signal);
    }
  }

  private async opening(): Promise<OpenWebhooks> {
    const library = await import('#webhooks');
    const { runtime, settings } = this;
    const { store, lease } = await this.storage.open(library);
    const rules = new library.AddressRules(settings.outbound);
    const outbound = new library.Outbound({ runtime, rules });
    const semaphore = new library.RequestSemaphore();
    const userAgent = `Borderline/${VERSION}`;
    const sender = new library.Sender({ store, outbound, semaphore, runtime, userAgent });
    const sourceOf: SourceOf = ({ kind, filter, server }) => this.sources.of(kind, filter, server);
    const deliverer = new library.Deliverer({
      store,
      sender,
      sourceOf,
      runtime,
      lease,
      isEntitled: (owner) => this.isEntitled(owner),
      onAttempt: ({ delivered }) => this.count(delivered),
      onState: (subscription, state, reason) => this.logState(subscription, state, reason),
      onTrouble: (error) => this.logTrouble(error),
      onError: (error, { id }) => this.logger.warn(`webhook ${id} cannot continue now: ${reasonOf(error)}`),
    });
    if (settings.webhooks === 'on') deliverer.start();
    return { store, sender, deliverer, rules, outbound, semaphore, library };
  }

  /** Logs why no webhook can be delivered now. A reason is logged again only after another reason. */
  private logTrouble(error: unknown): void {
    const reason = reasonOf(error);
    if (reason === this.loggedTrouble || this.stopping.signal.aborted) return;
    this.loggedTrouble = reason;
    this.logger.error(`${this.storage.name} cannot be used: ${reason}`);
  }

  private count(delivered: boolean): void {
    this.metrics.count(({ deliveries }) => deliveries.inc({ outcome: delivered ? 'delivered' : 'failed' }));
  }

  private logState({ id, url }: Subscription, state: WebhookState, reason: string): void {
    this.logger.warn(`webhook ${id} to ${new URL(url).host} is ${state}: ${reason}`);
  }

  /**
   * Whether messages may still be sent for the owner: always for the operator, and for a key while it is valid. A token cannot be checked
   * later, so messages are always sent for its owner. While the keys cannot be read, all keys count as valid.
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

const unusable = (cause: unknown): Problem =>
  new Problem('unavailable', `The webhooks cannot be used now: ${reasonOf(cause)}.`, { cause });
