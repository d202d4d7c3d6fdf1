import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WEBHOOK_COMMANDS } from './webhook-commands.js';
import { WebhookDelivery } from './webhook-delivery.js';
import { WEBHOOK_QUERIES } from './webhook-queries.js';
import { WebhookStorage } from './webhook-storage.js';
import { WebhookSources } from './webhook-sources.js';
import { Webhooks } from './webhooks.js';
import { WebhooksController } from './webhooks.controller.js';

/** Messages that are sent to addresses of clients. Exports `WebhookDelivery`. */
@Module({})
export class WebhooksModule {
  static on(provided: DynamicModule, events: DynamicModule, changes: DynamicModule): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [provided, events, changes, CqrsModule],
      controllers: [WebhooksController],
      providers: [
        WebhookSources,
        WebhookStorage,
        WebhookDelivery,
        Webhooks,
        ...WEBHOOK_COMMANDS,
        ...WEBHOOK_QUERIES,
      ],
      exports: [WebhookDelivery],
    };
  }
}
