import { ref } from './components.js';

const TEXT = { type: 'string' };
const time = { type: 'string', format: 'date-time' };

/** The headers of Standard Webhooks. */
const HEADERS = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { ...TEXT, description: 'The same in each attempt; no other message has it.' },
    'webhook-timestamp': { ...TEXT, pattern: '^\\d+$', description: 'Seconds since the epoch.' },
    'webhook-signature': {
      ...TEXT,
      pattern: '^v1,\\S+( v1,\\S+)*$',
      description: 'One signature for each secret that is valid now, the newest first.',
    },
  },
};

const cloudEvent = (type: string, data: object, more: Readonly<Record<string, object>> = {}): object => {
  const members = { specversion: { const: '1.0' }, id: TEXT, source: TEXT, type: { const: type } };
  const properties = { ...members, ...more, time, datacontenttype: { const: 'application/json' }, data };
  return { type: 'object', required: Object.keys(properties), properties };
};

const MESSAGES = {
  event: { summary: 'An event that passes the filter, as a CloudEvent.', payload: ref('CloudEvent') },
  change: {
    summary: 'A change of state that passes the filter, as a CloudEvent.',
    payload: cloudEvent('borderline.change', ref('ChangeOfState'), { subject: TEXT }),
  },
  test: {
    summary: 'A test message, on request.',
    payload: cloudEvent('borderline.webhook.test', {
      type: 'object',
      required: ['webhook'],
      properties: { webhook: TEXT },
    }),
  },
};

/** The channel of the messages to receivers. Its address is the address of each webhook. */
export const WEBHOOK_CHANNEL = {
  address: null,
  summary: 'Messages to the address of a webhook',
  description:
    'A POST for each message, at least once and in order; a message that is not answered with 2xx is sent again, with the same `webhook-id`. Signed as Standard Webhooks requires (https://www.standardwebhooks.com).',
  messages: Object.fromEntries(
    Object.entries(MESSAGES).map(([name, message]) => [
      name,
      { name, ...message, contentType: 'application/cloudevents+json', headers: HEADERS },
    ]),
  ),
};

export const DELIVERY = {
  action: 'send',
  channel: { $ref: '#/channels/webhook' },
  summary: 'Deliver to a webhook',
  bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
};
