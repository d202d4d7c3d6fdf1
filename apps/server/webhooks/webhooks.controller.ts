import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '#data-folder';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { Caller, NeedsOwner } from '../keys/needs.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { clientGone } from '../reading/client.js';
import { number, QueryParameters, text, type Parsed } from '../reading/parameters.js';
import { serverOf } from '../reading/server-address.js';
import type { Delivery, DeliveryList, Webhook, WebhookList, WebhookWithSecret } from './webhook-answers.js';
import {
  ChangeWebhook,
  CreateWebhook,
  DeleteWebhook,
  EndRedelivery,
  RedeliverMessages,
  RotateSecret,
  SkipMessage,
} from './webhook-commands.js';
import { shownBy } from './webhook-examples.js';
import { ListDeliveries, ListWebhooks, FindWebhook, TestWebhook } from './webhook-queries.js';

const LIMIT = number('how many, 1 to 1000; default 100', { least: 1, most: 1000 });
const LIST = { limit: LIMIT, after: text('the `next` of a page') };
const DELIVERIES = { limit: LIMIT, after: number('the `next` of a page') };

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

/** Subscriptions whose messages are sent to an address of the subscriber. */
@ApiTags('Webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @NeedsOwner()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Register a webhook',
    description:
      'Sends each event, or each change of state, that passes the filter to the address. A message is a POST with a CloudEvent, `application/cloudevents+json`, and the headers of [Standard Webhooks](https://www.standardwebhooks.com). Messages are sent at least once and in order: the next message follows a 2xx. `webhook-id` is the same in each attempt: ignore a message whose id you have seen. A message that fails is sent again after 5 s, 30 s, 2 min, 10 min, 30 min, 1, 2, 4, 8, 8, 12 and 12 h. Each wait may be 20 % longer or shorter, and is longer where `Retry-After` asks for it. Then the webhook is `parked`, and its place is kept. The answer 410 ends the webhook. Redirects are not followed; an answer may take 15 s. The webhook belongs to the key: only it and keys with the scope `admin` see it.',
  })
  @ApiBody({ required: true, schema: ref('WebhookToCreate') })
  @ApiResponse({
    status: 201,
    description: 'The webhook, with its secret, which is shown this once.',
    headers: { location: { description: 'Its address.', schema: { type: 'string' } } },
    content: shownBy('WebhookWithSecret'),
  })
  async create(
    @Body() body: unknown,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecret> {
    const made = await this.commands.execute(new CreateWebhook(caller, body, serverOf(request)));
    reply.header('location', `/v1/webhooks/${made.id}`);
    return made;
  }

  @Get()
  @NeedsOwner()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'The webhooks of the key',
    description:
      'In the order in which they were made. A key with the scope `admin` gets the webhooks of all keys.',
  })
  @ApiResponse({ status: 200, description: 'A page.', content: shownBy('WebhookList') })
  list(
    @Caller() caller: Access,
    @QueryParameters(LIST, ONE_FORM) asked: Parsed<typeof LIST>,
  ): Promise<WebhookList> {
    return this.queries.execute(new ListWebhooks(caller, { limit: asked.limit ?? 100, after: asked.after }));
  }

  @Get(':id')
  @NeedsOwner()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'A webhook',
    description: 'Its state, its place in the stream, and the message that fails.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: 'The webhook.', content: shownBy('Webhook') })
  read(
    @Param('id') id: string,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<Webhook> {
    return this.queries.execute(new FindWebhook(caller, id));
  }

  @Patch(':id')
  @NeedsOwner()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Pause, resume or move a webhook',
    description:
      'A paused, parked or gone webhook keeps its place: `paused: false` continues from there immediately. If the owner’s key is revoked or has expired, the caller that resumes the webhook becomes its owner.',
  })
  @ApiParam(ID)
  @ApiBody({ required: true, schema: ref('WebhookToChange') })
  @ApiResponse({ status: 200, description: 'The webhook.', content: shownBy('Webhook') })
  change(
    @Param('id') id: string,
    @Body() body: unknown,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<Webhook> {
    return this.commands.execute(new ChangeWebhook(caller, id, body));
  }

  @Delete(':id')
  @NeedsOwner()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a webhook',
    description:
      'Also deletes its secrets, its place and its deliveries. A message that is being sent may still arrive.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 204, description: 'It is deleted.' })
  remove(
    @Param('id') id: string,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<void> {
    return this.commands.execute(new DeleteWebhook(caller, id));
  }

  @Post(':id/test')
  @NeedsOwner()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Send a test message',
    description:
      'Sends one CloudEvent of the type `borderline.webhook.test`, signed as all messages are, in any state of the webhook. The answer has the outcome.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: 'The attempt.', content: shownBy('Delivery') })
  test(
    @Param('id') id: string,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Delivery> {
    return this.queries.execute(new TestWebhook(caller, id, clientGone(reply)));
  }

  @Post(':id/rotate')
  @NeedsOwner()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Make a new secret',
    description:
      'From now on the new secret signs. For a day the earlier secret signs too: the header `webhook-signature` has both signatures, the new one first. Use `overlap: 0` where others know the earlier secret.',
  })
  @ApiParam(ID)
  @ApiBody({ required: false, schema: ref('SecretRotation') })
  @ApiResponse({
    status: 200,
    description: 'The webhook, with its new secret, which is shown this once.',
    content: shownBy('WebhookWithSecret'),
  })
  rotate(
    @Param('id') id: string,
    @Body() body: unknown,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<WebhookWithSecret> {
    return this.commands.execute(new RotateSecret(caller, id, body));
  }

  @Post(':id/redeliver')
  @NeedsOwner()
  @HttpCode(202)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Send messages once more',
    description:
      'Sends all messages after a place again, up to the present place of the webhook, with the same ids. New messages are sent meanwhile; their place does not move.',
  })
  @ApiParam(ID)
  @ApiBody({ required: true, schema: ref('RedeliveryToStart') })
  @ApiResponse({ status: 202, description: 'The webhook, with `redelivery`.', content: shownBy('Webhook') })
  redeliver(
    @Param('id') id: string,
    @Body() body: unknown,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<Webhook> {
    return this.commands.execute(new RedeliverMessages(caller, id, body));
  }

  @Delete(':id/redeliver')
  @NeedsOwner()
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a redelivery',
    description: 'The remaining messages are not sent again. The place of the webhook does not move.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 204, description: 'It has ended.' })
  endRedelivery(
    @Param('id') id: string,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<void> {
    return this.commands.execute(new EndRedelivery(caller, id));
  }

  @Post(':id/skip')
  @NeedsOwner()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Skip a message that the receiver cannot accept',
    description:
      'Messages are sent in order, so a failing message delays all later ones. This gives up the message in `failing`, and continues with the next; a parked webhook must also be resumed.',
  })
  @ApiParam(ID)
  @ApiBody({ required: true, schema: ref('MessageToSkip') })
  @ApiResponse({ status: 200, description: 'The webhook.', content: shownBy('Webhook') })
  skip(
    @Param('id') id: string,
    @Body() body: unknown,
    @Caller() caller: Access,
    @QueryParameters({}, ONE_FORM) _: object,
  ): Promise<Webhook> {
    return this.commands.execute(new SkipMessage(caller, id, body));
  }

  @Get(':id/deliveries')
  @NeedsOwner()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'The attempts of a webhook',
    description:
      'Each attempt, the newest first: the last 1,000, of the last seven days. In a cluster, only the attempts of the instance that answers.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: 'A page.', content: shownBy('DeliveryList') })
  deliveries(
    @Param('id') id: string,
    @Caller() caller: Access,
    @QueryParameters(DELIVERIES, ONE_FORM) { limit = 100, after }: Parsed<typeof DELIVERIES>,
  ): Promise<DeliveryList> {
    return this.queries.execute(new ListDeliveries(caller, id, { limit, after: after?.toString() }));
  }
}
