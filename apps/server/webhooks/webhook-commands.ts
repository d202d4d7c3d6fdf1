import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Access } from '#data-folder';
import type { Runtime } from '#runtime';
import type { Subscription, SubscriptionChange } from '#webhooks';
import { Problem } from '../problems/problem.js';
import { RUNTIME } from '../provided.js';
import type { Webhook, WebhookWithSecret } from './webhook-answers.js';
import { changeIn, overlapIn, redeliveryIn, skippedIn, webhookIn } from './webhook-bodies.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { WebhookSources } from './webhook-sources.js';
import { conflict, unknownWebhook, Webhooks } from './webhooks.js';

/** Webhooks that a key may have. */
const MOST_OF_KEY = 20;

/** Registers a webhook of the caller. Plain data, as every command: the handler reads the body. */
export class CreateWebhook extends Command<WebhookWithSecret> {
  constructor(
    readonly caller: Access,
    readonly body: unknown,
    /** The address of this server, as the caller calls it. */
    readonly server: string,
  ) {
    super();
  }
}

/** Changes a webhook that the caller may use. */
abstract class WebhookCommand<T> extends Command<T> {
  constructor(
    readonly caller: Access,
    readonly id: string,
    readonly body?: unknown,
  ) {
    super();
  }
}

/** Pauses, resumes or moves a webhook. */
export class ChangeWebhook extends WebhookCommand<Webhook> {}
export class DeleteWebhook extends WebhookCommand<void> {}
/** Makes a new secret. */
export class RotateSecret extends WebhookCommand<WebhookWithSecret> {}
/** Sends everything after a place again, up to the place of the live messages, while the live messages continue. */
export class RedeliverMessages extends WebhookCommand<Webhook> {}
export class EndRedelivery extends WebhookCommand<void> {}
/** Gives up the message that fails. */
export class SkipMessage extends WebhookCommand<Webhook> {}

@CommandHandler(CreateWebhook)
export class CreateWebhookHandler implements ICommandHandler<CreateWebhook> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly delivery: WebhookDelivery,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ caller, body, server }: CreateWebhook): Promise<WebhookWithSecret> {
    const opened = await this.delivery.opened();
    const { after, ...read } = webhookIn(body, this.webhooks.contextOf(opened));
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
    const first = { secret, after: await this.webhooks.positionOf(read.kind, after), most: MOST_OF_KEY };
    if (!(await opened.store.add(subscription, first))) {
      const detail = `A key may have ${MOST_OF_KEY} webhooks; delete one first.`;
      throw new Problem('too-many-webhooks', detail);
    }
    opened.deliverer.refresh();
    return { ...this.webhooks.shown(opened, subscription), secret };
  }
}

@CommandHandler(ChangeWebhook)
export class ChangeWebhookHandler implements ICommandHandler<ChangeWebhook> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly delivery: WebhookDelivery,
  ) {}

  async execute({ caller, id, body }: ChangeWebhook): Promise<Webhook> {
    const { opened, subscription } = await this.webhooks.find(caller, id);
    const { paused, ...more } = changeIn(body, this.webhooks.contextOf(opened));
    const state = paused === undefined ? {} : this.stateOf(paused, caller, subscription);
    const changed = await opened.store.change(id, { ...more, ...state });
    if (!changed) throw unknownWebhook(id);
    opened.deliverer.refresh();
    return this.webhooks.shown(opened, changed);
  }

  /** A caller that resumes a webhook whose owner’s key is revoked or has expired becomes its owner. */
  private stateOf(paused: boolean, caller: Access, { owner }: Subscription): SubscriptionChange {
    if (paused) return { state: 'paused', reason: 'paused by request' };
    return { state: 'active', reason: '', ...(!this.delivery.isEntitled(owner) && { owner: caller.id }) };
  }
}

@CommandHandler(DeleteWebhook)
export class DeleteWebhookHandler implements ICommandHandler<DeleteWebhook> {
  constructor(private readonly webhooks: Webhooks) {}

  async execute({ caller, id }: DeleteWebhook): Promise<void> {
    const { opened } = await this.webhooks.find(caller, id);
    await opened.store.remove(id);
    opened.deliverer.refresh();
  }
}

@CommandHandler(RotateSecret)
export class RotateSecretHandler implements ICommandHandler<RotateSecret> {
  constructor(
    private readonly webhooks: Webhooks,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ caller, id, body }: RotateSecret): Promise<WebhookWithSecret> {
    const { opened } = await this.webhooks.find(caller, id);
    const now = this.runtime.now();
    const secret = opened.library.newSecret();
    await opened.store.addSecret(id, secret, now, now + overlapIn(body) * 1_000);
    return { ...(await this.webhooks.read(caller, id)), secret };
  }
}

@CommandHandler(RedeliverMessages)
export class RedeliverMessagesHandler implements ICommandHandler<RedeliverMessages> {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly sources: WebhookSources,
  ) {}

  async execute({ caller, id, body }: RedeliverMessages): Promise<Webhook> {
    const { opened, subscription } = await this.webhooks.find(caller, id);
    const { kind, filter, server } = subscription;
    const after = await this.webhooks.positionOf(kind, redeliveryIn(body).after);
    const until = opened.store.place(id, 'live')?.after ?? after;
    if (this.sources.of(kind, filter, server).compare(after, until) >= 0)
      throw conflict(`Nothing was sent after ${after} yet: the webhook is at ${until}.`);
    if (!(await opened.store.redeliver(id, after, until)))
      throw conflict('A redelivery is under way; end it with DELETE, or wait.');
    opened.deliverer.refresh();
    return this.webhooks.read(caller, id);
  }
}

@CommandHandler(EndRedelivery)
export class EndRedeliveryHandler implements ICommandHandler<EndRedelivery> {
  constructor(private readonly webhooks: Webhooks) {}

  async execute({ caller, id }: EndRedelivery): Promise<void> {
    const { opened } = await this.webhooks.find(caller, id);
    if (!(await opened.store.endRedelivery(id))) throw new Problem('not-found', 'There is no redelivery.');
    opened.deliverer.refresh();
  }
}

@CommandHandler(SkipMessage)
export class SkipMessageHandler implements ICommandHandler<SkipMessage> {
  constructor(private readonly webhooks: Webhooks) {}

  async execute({ caller, id, body }: SkipMessage): Promise<Webhook> {
    const { opened } = await this.webhooks.find(caller, id);
    const { message } = skippedIn(body);
    const isIt = (position: string): boolean => opened.library.messageId(id, position) === message;
    if (!(await opened.store.skip(id, isIt)))
      throw conflict('This is not the message that fails now; see `failing` of the webhook.');
    opened.deliverer.refresh();
    return this.webhooks.read(caller, id);
  }
}

export const WEBHOOK_COMMANDS = [
  CreateWebhookHandler,
  ChangeWebhookHandler,
  DeleteWebhookHandler,
  RotateSecretHandler,
  RedeliverMessagesHandler,
  EndRedeliveryHandler,
  SkipMessageHandler,
];
