import { Module, type DynamicModule } from '@nestjs/common';
import { WebhookDelivery } from './webhook-delivery.js';
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
      imports: [provided, events, changes],
      controllers: [WebhooksController],
      providers: [WebhookSources, WebhookStorage, WebhookDelivery, Webhooks],
      exports: [WebhookDelivery],
    };
  }
}
