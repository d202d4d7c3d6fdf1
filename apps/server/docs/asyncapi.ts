import type { OpenAPIObject } from '@nestjs/swagger';
import { ref } from './components.js';
import { DELIVERY, WEBHOOK_CHANNEL } from './webhook-channel.js';

interface StreamOperation {
  readonly summary?: string;
  readonly description?: string;
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly parameters?: readonly ChannelParameter[];
  readonly security?: readonly object[];
}

interface ChannelParameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly schema?: object;
}

type Messages = Readonly<Record<string, Message>>;

interface Message {
  readonly name: string;
  readonly summary: string;
  readonly payload: object;
}

const integer = { type: 'integer', minimum: 0 };
const members = (properties: Readonly<Record<string, object>>, ...more: readonly string[]): object => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !more.includes(name)),
  properties,
});

const RESET: Message = {
  name: 'reset',
  summary:
    'The log does not have the position to resume after. The stream ends: discard all that was read, and start again.',
  payload: members({ head: integer, origin: { type: 'string' } }),
};
const CAUGHT_UP: Message = {
  name: 'caught-up',
  summary: 'History has ended; or, every 15 s, the position has moved although nothing passed the filter.',
  payload: members({ sequence: integer, at: { type: 'string', format: 'date-time' } }, 'at'),
};
const CHANGE: Message = {
  name: 'change',
  summary: 'A change of state, by an event or by the clock.',
  payload: ref('ChangeOfState'),
};

/** The messages of each stream, by its path. A spec fails where a stream of the API is missing. */
const MESSAGES: Readonly<Record<string, Messages>> = {
  '/v1/events/stream': {
    event: {
      name: 'event',
      summary: 'An event as `/v1/events` lists it. In the stream, `event:` is its type.',
      payload: { $ref: '#/components/schemas/EventEntry' },
    },
    cloudEvent: {
      name: 'cloudEvent',
      summary: 'With `format=cloudevents`: the event as a CloudEvent.',
      payload: ref('CloudEvent'),
    },
    caughtUp: CAUGHT_UP,
    reset: RESET,
  },
  '/v1/changes/stream': { change: CHANGE, caughtUp: CAUGHT_UP, reset: RESET },
  '/v1/replay': {
    development: {
      name: 'development',
      summary: 'A development, at its instant on the axis.',
      payload: members({
        id: { type: 'string' },
        at: { type: 'string', format: 'date-time' },
        event: { $ref: '#/components/schemas/EventEntry' },
      }),
    },
    change: CHANGE,
    end: { name: 'end', summary: 'The replay is over.', payload: { type: 'object' } },
    reset: RESET,
  },
};

/** The AsyncAPI 3 document of the streams and of webhooks, from the OpenAPI document: the same descriptions, parameters and schemas. */
export function asyncApiOf({ info, paths, components }: OpenAPIObject): object {
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  for (const [path, methods] of Object.entries(paths)) {
    const operation = methods.get as StreamOperation | undefined;
    if (operation?.responses?.['200']?.content?.['text/event-stream'] === undefined) continue;
    const name = path
      .replace(/^\/v1\//, '')
      .replace(/\/stream$/, '')
      .replaceAll('/', '-');
    channels[name] = channelOf(path, operation);
    operations[`follow-${name}`] = {
      action: 'send',
      channel: { $ref: `#/channels/${name}` },
      ...(operation.summary !== undefined && { summary: operation.summary }),
      bindings: { http: { method: 'GET', query: queryOf(operation), bindingVersion: '0.3.0' } },
      ...(operation.security?.length ? { security: [{ $ref: '#/components/securitySchemes/bearer' }] } : {}),
    };
  }
  channels['webhook'] = WEBHOOK_CHANNEL;
  operations['deliver'] = DELIVERY;
  return {
    asyncapi: '3.1.0',
    info: {
      title: info.title,
      version: info.version,
      description: `The streams of the API that \`/openapi.json\` describes, as Server-Sent Events (HTML §9.2), and the messages of its webhooks.`,
      license: info.license,
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: {
      schemas: usedIn(channels, components?.schemas ?? {}),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function channelOf(path: string, { summary, description }: StreamOperation): object {
  const messages = Object.entries(MESSAGES[path] ?? {}).map(
    ([name, { payload, ...message }]) =>
      [name, { ...message, contentType: 'application/json', payload }] as const,
  );
  return { address: path, summary, description, messages: Object.fromEntries(messages) };
}

function queryOf({ parameters = [] }: StreamOperation): object {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const properties = inQuery.map(({ name, schema = {}, description }) => [
    name,
    { ...schema, ...(description !== undefined && { description }) },
  ]);
  const required = inQuery.filter((parameter) => parameter.required === true).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties) as object,
    ...(required.length > 0 && { required }),
  };
}

/** The schemas to which the value refers, and the schemas to which these refer. */
function usedIn(value: unknown, schemas: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  const collect = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (name in used) continue;
      used[name] = schemas[name];
      collect(JSON.stringify(schemas[name]));
    }
  };
  collect(JSON.stringify(value));
  return used;
}
