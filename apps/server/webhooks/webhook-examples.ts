import { ref, type Components } from '../docs/components.js';
import type { Delivery, DeliveryList, Webhook, WebhookList, WebhookWithSecret } from './webhook-answers.js';

const WEBHOOK: Webhook = {
  id: '019ad0f2-3c00-7d1e-8b6a-5f0c2e9a7d41',
  url: 'https://example.org/borderline',
  events: { type: 'crossing.*', subject: 'lt-by.medininkai' },
  state: 'active',
  owner: '1f2e3d4c',
  created: '2025-11-10T12:00:00.000Z',
  after: '428-ab67a49e',
  failing: {
    message: '019ad0f2-3c00-7d1e-8b6a-5f0c2e9a7d41_431-0b77c1de',
    attempts: 2,
    since: '2025-11-12T08:00:00.120Z',
    next: '2025-11-12T08:00:37.904Z',
    reason: 'it answered 503',
  },
  secrets: [{ created: '2025-11-10T12:00:00.000Z' }],
};

const EXAMPLE_DELIVERY: Delivery = {
  track: 'live',
  message: '019ad0f2-3c00-7d1e-8b6a-5f0c2e9a7d41_431-0b77c1de',
  attempt: 2,
  duration: 41,
  delivered: false,
  failure: 'it answered 503',
  status: 503,
  response: 'busy',
  skew: 0,
  at: '2025-11-12T08:00:05.312Z',
};

/** The examples are written by hand, because ids and secrets differ each time. */
const EXAMPLES = {
  Webhook: WEBHOOK,
  WebhookWithSecret: {
    ...WEBHOOK,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  } as WebhookWithSecret,
  WebhookList: { items: [WEBHOOK], next: null } as WebhookList,
  Delivery: EXAMPLE_DELIVERY,
  DeliveryList: { items: [EXAMPLE_DELIVERY], next: '17' } as DeliveryList,
} satisfies Partial<Components>;

/** The content of an answer in the document: its schema and an example. */
export const shownBy = (name: keyof typeof EXAMPLES) => ({
  'application/json': { schema: ref(name), examples: { usual: { summary: name, value: EXAMPLES[name] } } },
});
