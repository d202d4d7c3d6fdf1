import { Inject, Injectable } from '@nestjs/common';
import { allows, type Access } from '#data-folder';
import type { Runtime } from '#runtime';
import type { SourceKind, Subscription } from '#webhooks';
import { Problem } from '../problems/problem.js';
import { RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { webhookOf, type Webhook } from './webhook-answers.js';
import { invalidWebhook, type BodyContext } from './webhook-bodies.js';
import { WebhookDelivery, type OpenWebhooks } from './webhook-delivery.js';
import { WebhookSources } from './webhook-sources.js';

/** A webhook, and the open parts with which it can be changed. */
interface FoundWebhook {
  readonly opened: OpenWebhooks;
  readonly subscription: Subscription;
}

/**
 * Finds webhooks for a caller, and shows them. A key has access to its own webhooks; a key with the scope `admin` has access to all. Every
 * method throws Problem.
 */
@Injectable()
export class Webhooks {
  constructor(
    private readonly delivery: WebhookDelivery,
    private readonly sources: WebhookSources,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** The webhook as it is now. */
  async read(caller: Access, id: string): Promise<Webhook> {
    const { opened, subscription } = await this.find(caller, id);
    return this.shown(opened, subscription);
  }

  /** Throws Problem `not-found`, also for a webhook of another owner: a client does not learn the ids of others. */
  async find(caller: Access, id: string): Promise<FoundWebhook> {
    const opened = await this.delivery.existing();
    if (opened) await this.seen(opened, [id]);
    const subscription = opened?.store.find(id);
    if (!opened || !subscription || !mayUse(caller, subscription)) throw unknownWebhook(id);
    return { opened, subscription };
  }

  /** Includes the changes of other instances. Where they cannot be read now, a read answers without them, and a change is refused. */
  async seen({ store }: OpenWebhooks, ids?: readonly string[]): Promise<void> {
    await store.refresh(ids).catch(() => undefined);
  }

  shown({ store, library }: OpenWebhooks, subscription: Subscription): Webhook {
    const { id } = subscription;
    const live = store.place(id, 'live');
    if (!live) throw unknownWebhook(id);
    const redelivery = store.place(id, 'redelivery');
    const secrets = store.secrets(id, this.runtime.now());
    const messageAt = (position: string): string => library.messageId(id, position);
    return webhookOf(subscription, { live, redelivery, secrets, messageAt });
  }

  contextOf({ rules, library }: OpenWebhooks): BodyContext {
    return { rules, zone: this.settings.zone, receiverFault: library.receiverFault };
  }

  /** Throws Problem `another-log`, `invalid-webhook`. */
  async positionOf(kind: SourceKind, after: string): Promise<string> {
    try {
      return await this.sources.positionOf(kind, after);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'invalid-parameter') throw error;
      throw invalidWebhook([{ pointer: '/after', detail: error.more.errors?.[0]?.detail ?? error.detail }]);
    }
  }
}

export const mayUse = (caller: Access, { owner }: Subscription): boolean =>
  owner === caller.id || allows(caller, 'admin');

export const unknownWebhook = (id: string): Problem =>
  new Problem('not-found', `There is no webhook ${id.slice(0, 60)}.`);

export const conflict = (detail: string): Problem => new Problem('webhook-conflict', detail);
