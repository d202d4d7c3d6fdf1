import { Inject, Injectable } from '@nestjs/common';
import { allows, type Access } from '#data-folder';
import type { Runtime } from '#runtime';
import type { SourceKind, Subscription, SubscriptionChange } from '#webhooks';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import {
  deliveryOf,
  numberedDeliveryOf,
  webhookOf,
  type Delivery,
  type DeliveryList,
  type Webhook,
  type WebhookList,
  type WebhookWithSecret,
} from './webhook-answers.js';
import {
  changeIn,
  invalidWebhook,
  overlapIn,
  redeliveryIn,
  skippedIn,
  webhookIn,
  type BodyContext,
} from './webhook-bodies.js';
import { WebhookDelivery, type OpenWebhooks } from './webhook-delivery.js';
import { WebhookSources } from './webhook-sources.js';

/** Webhooks that a key may have. */
const MOST_OF_KEY = 20;

export interface PageAsked {
  readonly limit: number;
  readonly after: string | undefined;
}

/**
 * The operations on webhooks. A key has access to its own webhooks; a key with the scope `admin` has access to all. Every method throws
 * Problem.
 */
@Injectable()
export class Webhooks {
  constructor(
    private readonly delivery: WebhookDelivery,
    private readonly sources: WebhookSources,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async create(caller: Access, body: unknown, server: string): Promise<WebhookWithSecret> {
    const opened = await this.delivery.opened();
    const { after, ...read } = webhookIn(body, this.contextOf(opened));
    const subscription: Subscription = {
      id: this.runtime.id(),
      owner: caller.id,
      ...read,
      server,
      created: this.runtime.now(),
      state: 'active',
      reason: '',
      version: 1,
    };
    const secret = opened.library.newSecret();
    const first = { secret, after: await this.positionOf(read.kind, after), most: MOST_OF_KEY };
    if (!(await opened.store.add(subscription, first))) {
      const detail = `A key may have ${MOST_OF_KEY} webhooks; delete one first.`;
      throw new Problem('too-many-webhooks', detail);
    }
    opened.deliverer.refresh();
    return { ...this.shown(opened, subscription), secret };
  }

  async list(caller: Access, { limit, after }: PageAsked): Promise<WebhookList> {
    const opened = await this.delivery.existing();
    if (!opened) return { items: [], next: null };
    await this.seen(opened);
    const all = opened.store.list().filter((subscription) => mayUse(caller, subscription));
    const begin = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && begin === 0) throw unknown(after);
    const page = all.slice(begin, begin + limit);
    const next = begin + limit < all.length ? (page.at(-1)?.id ?? null) : null;
    await this.seen(
      opened,
      page.map(({ id }) => id),
    );
    return { items: page.map((subscription) => this.shown(opened, subscription)), next };
  }

  async read(caller: Access, id: string): Promise<Webhook> {
    const { opened, subscription } = await this.find(caller, id);
    return this.shown(opened, subscription);
  }

  async change(caller: Access, id: string, body: unknown): Promise<Webhook> {
    const { opened, subscription } = await this.find(caller, id);
    const { paused, ...more } = changeIn(body, this.contextOf(opened));
    return this.changed(opened, id, {
      ...more,
      ...(paused !== undefined && this.stateOf(paused, caller, subscription)),
    });
  }

  async remove(caller: Access, id: string): Promise<void> {
    const { opened } = await this.find(caller, id);
    await opened.store.remove(id);
    opened.deliverer.refresh();
  }

  async rotate(caller: Access, id: string, body: unknown): Promise<WebhookWithSecret> {
    const { opened } = await this.find(caller, id);
    const now = this.runtime.now();
    const secret = opened.library.newSecret();
    await opened.store.addSecret(id, secret, now, now + overlapIn(body) * 1_000);
    return { ...(await this.read(caller, id)), secret };
  }

  /** Sends a test message, once, in any state of the webhook. */
  async test(caller: Access, id: string, gone: AbortSignal): Promise<Delivery> {
    const { opened, subscription } = await this.find(caller, id);
    const about = { id: this.runtime.id(), time: new Date(this.runtime.now()).toISOString() };
    const body = JSON.stringify({
      specversion: '1.0',
      source: `//${encodeURI(this.sources.origin)}`,
      type: 'borderline.webhook.test',
      ...about,
      datacontenttype: 'application/json',
      data: { webhook: id },
    });
    const message = opened.library.messageId(id, `test-${about.id}`);
    const outgoing = { track: 'test', message, attempt: 1, body } as const;
    const signals = { waiting: gone, hardStop: gone, hasFailed: false };
    const sent = await opened.sender.send(subscription, outgoing, signals);
    if (!sent) throw new Problem('unavailable', 'The message was not sent.');
    await opened.store.addAttempt(id, sent.attempt);
    return deliveryOf(sent.attempt);
  }

  /** Sends everything after a place again, up to the place of the live messages, while the live messages continue. */
  async redeliver(caller: Access, id: string, body: unknown): Promise<Webhook> {
    const { opened, subscription } = await this.find(caller, id);
    const { kind, filter, server } = subscription;
    const after = await this.positionOf(kind, redeliveryIn(body).after);
    const until = opened.store.place(id, 'live')?.after ?? after;
    if (this.sources.of(kind, filter, server).compare(after, until) >= 0)
      throw conflict(`Nothing was sent after ${after} yet: the webhook is at ${until}.`);
    if (!(await opened.store.redeliver(id, after, until)))
      throw conflict('A redelivery is under way; end it with DELETE, or wait.');
    opened.deliverer.refresh();
    return this.read(caller, id);
  }

  async endRedelivery(caller: Access, id: string): Promise<void> {
    const { opened } = await this.find(caller, id);
    if (!(await opened.store.endRedelivery(id))) throw new Problem('not-found', 'There is no redelivery.');
    opened.deliverer.refresh();
  }

  async skip(caller: Access, id: string, body: unknown): Promise<Webhook> {
    const { opened } = await this.find(caller, id);
    const { message } = skippedIn(body);
    const isIt = (position: string): boolean => opened.library.messageId(id, position) === message;
    if (!(await opened.store.skip(id, isIt)))
      throw conflict('This is not the message that fails now; see `failing` of the webhook.');
    opened.deliverer.refresh();
    return this.read(caller, id);
  }

  async deliveries(caller: Access, id: string, { limit, after }: PageAsked): Promise<DeliveryList> {
    const { opened } = await this.find(caller, id);
    const before = after === undefined ? undefined : Number(after);
    const found = opened.store.attempts(id, this.runtime.now(), { limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(numberedDeliveryOf),
      next: found.length > limit && last ? String(last.number) : null,
    };
  }

  /** Throws Problem `not-found`, also for a webhook of another owner: a client does not learn the ids of others. */
  private async find(
    caller: Access,
    id: string,
  ): Promise<{ readonly opened: OpenWebhooks; readonly subscription: Subscription }> {
    const opened = await this.delivery.existing();
    if (opened) await this.seen(opened, [id]);
    const subscription = opened?.store.find(id);
    if (!opened || !subscription || !mayUse(caller, subscription)) throw unknown(id);
    return { opened, subscription };
  }

  /** Includes the changes of other instances. Where they cannot be read now, a read answers without them, and a change is refused. */
  private async seen({ store }: OpenWebhooks, ids?: readonly string[]): Promise<void> {
    await store.refresh(ids).catch(() => undefined);
  }

  private shown({ store, library }: OpenWebhooks, subscription: Subscription): Webhook {
    const { id } = subscription;
    const live = store.place(id, 'live');
    if (!live) throw unknown(id);
    const redelivery = store.place(id, 'redelivery');
    const secrets = store.secrets(id, this.runtime.now());
    const messageAt = (position: string): string => library.messageId(id, position);
    return webhookOf(subscription, { live, redelivery, secrets, messageAt });
  }

  private async changed(opened: OpenWebhooks, id: string, change: SubscriptionChange): Promise<Webhook> {
    const subscription = await opened.store.change(id, change);
    if (!subscription) throw unknown(id);
    opened.deliverer.refresh();
    return this.shown(opened, subscription);
  }

  /** A caller that resumes a webhook whose owner’s key is revoked or has expired becomes its owner. */
  private stateOf(paused: boolean, caller: Access, { owner }: Subscription): SubscriptionChange {
    if (paused) return { state: 'paused', reason: 'paused by request' };
    return { state: 'active', reason: '', ...(!this.delivery.isEntitled(owner) && { owner: caller.id }) };
  }

  private contextOf({ rules, library }: OpenWebhooks): BodyContext {
    return { rules, zone: this.settings.zone, receiverFault: library.receiverFault };
  }

  /** Throws Problem `another-log`, `invalid-webhook`. */
  private async positionOf(kind: SourceKind, after: string): Promise<string> {
    try {
      return await this.sources.positionOf(kind, after);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalid-parameter') throw error;
      throw invalidWebhook([{ pointer: '/after', detail: error.more.errors?.[0]?.detail ?? error.detail }]);
    }
  }
}

const mayUse = (caller: Access, { owner }: Subscription): boolean =>
  owner === caller.id || allows(caller, 'admin');

const unknown = (id: string): Problem => new Problem('not-found', `There is no webhook ${id.slice(0, 60)}.`);

const conflict = (detail: string): Problem => new Problem('webhook-conflict', detail);
