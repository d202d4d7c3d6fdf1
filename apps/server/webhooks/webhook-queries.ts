import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Access } from '#data-folder';
import type { Runtime } from '#runtime';
import { Problem } from '../problems/problem.js';
import { RUNTIME } from '../provided.js';
import {
  deliveryOf,
  numberedDeliveryOf,
  type Delivery,
  type DeliveryList,
  type Webhook,
  type WebhookList,
} from './webhook-answers.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { WebhookSources } from './webhook-sources.js';
import { mayUse, unknownWebhook, Webhooks } from './webhooks.js';

interface PageAsked {
  readonly limit: number;
  readonly after: string | undefined;
}

/** The webhooks that the caller may use. */
export class ListWebhooks extends Query<WebhookList> {
  constructor(
    readonly caller: Access,
    readonly page: PageAsked,
  ) {
    super();
  }
}

export class FindWebhook extends Query<Webhook> {
  constructor(
    readonly caller: Access,
    readonly id: string,
  ) {
    super();
  }
}

/** The attempts of a webhook, the newest first. */
export class ListDeliveries extends Query<DeliveryList> {
  constructor(
    readonly caller: Access,
    readonly id: string,
    readonly page: PageAsked,
  ) {
    super();
  }
}

/**
 * Asks the receiver, with a test message, once, in any state of the webhook. Only the attempt is stored. A query and not a command: it changes no webhook,
 * and its `signal`, which cannot be serialised, ends it with its caller.
 */
export class TestWebhook extends Query<Delivery> {
  constructor(
    readonly caller: Access,
    readonly id: string,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ListWebhooks)
export class ListWebhooksHandler implements IQueryHandler<ListWebhooks> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly delivery: WebhookDelivery,
  ) {}

  async execute({ caller, page: { limit, after } }: ListWebhooks): Promise<WebhookList> {
    const { webhooks } = this;
    const opened = await this.delivery.existing();
    if (!opened) return { items: [], next: null };
    await webhooks.seen(opened);
    const all = opened.store.list().filter((subscription) => mayUse(caller, subscription));
    const begin = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && begin === 0) throw unknownWebhook(after);
    const page = all.slice(begin, begin + limit);
    const next = begin + limit < all.length ? (page.at(-1)?.id ?? null) : null;
    await webhooks.seen(
      opened,
      page.map(({ id }) => id),
    );
    return { items: page.map((subscription) => webhooks.shown(opened, subscription)), next };
  }
}

@QueryHandler(FindWebhook)
export class FindWebhookHandler implements IQueryHandler<FindWebhook> {
  constructor(private readonly webhooks: Webhooks) {}

  execute({ caller, id }: FindWebhook): Promise<Webhook> {
    return this.webhooks.read(caller, id);
  }
}

@QueryHandler(ListDeliveries)
export class ListDeliveriesHandler implements IQueryHandler<ListDeliveries> {
  constructor(
    private readonly webhooks: Webhooks,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ caller, id, page: { limit, after } }: ListDeliveries): Promise<DeliveryList> {
    const { opened } = await this.webhooks.find(caller, id);
    const before = after === undefined ? undefined : Number(after);
    const found = opened.store.attempts(id, this.runtime.now(), { limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(numberedDeliveryOf),
      next: found.length > limit && last ? String(last.number) : null,
    };
  }
}

@QueryHandler(TestWebhook)
export class TestWebhookHandler implements IQueryHandler<TestWebhook> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly sources: WebhookSources,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ caller, id, signal }: TestWebhook): Promise<Delivery> {
    const { opened, subscription } = await this.webhooks.find(caller, id);
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
    const signals = { waiting: signal, hardStop: signal, hasFailed: false };
    const sent = await opened.sender.send(subscription, outgoing, signals);
    if (!sent) throw new Problem('unavailable', 'The message was not sent.');
    await opened.store.addAttempt(id, sent.attempt);
    return deliveryOf(sent.attempt);
  }
}

export const WEBHOOK_QUERIES = [
  ListWebhooksHandler,
  FindWebhookHandler,
  ListDeliveriesHandler,
  TestWebhookHandler,
];
