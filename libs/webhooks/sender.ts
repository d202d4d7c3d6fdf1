import type { Runtime } from '#runtime';
import type { Outbound, Reply } from './outbound.js';
import type { RequestSemaphore } from './request-semaphore.js';
import { retryAfterIn } from './retry-waits.js';
import { signedHeaders } from './signing.js';
import type { DeliveryAttempt, Subscription } from './subscription.js';
import type { WebhookStore } from './sqlite/webhook-store.js';

/** The number of characters of a receiver's answer that are stored. */
const MOST_RESPONSE = 1_024;

/** A message to send. */
export interface OutgoingMessage extends Pick<DeliveryAttempt, 'track' | 'message' | 'attempt'> {
  readonly body: string;
}

/** The outcome of an attempt. */
export interface SentMessage {
  readonly attempt: DeliveryAttempt;
  /** Milliseconds that the receiver asks to wait. */
  readonly asked?: number;
}

export interface SenderOptions {
  readonly store: WebhookStore;
  readonly outbound: Outbound;
  readonly semaphore: RequestSemaphore;
  readonly runtime: Runtime;
  readonly userAgent: string;
}

/** Sends one message once: signed with the present secrets, as soon as the semaphore permits it. */
export class Sender {
  constructor(private readonly options: SenderOptions) {}

  /**
   * Undefined: nothing was sent, or the outcome is unknown. An abort of `waiting` ends the wait for the semaphore; an abort of `hardStop` ends a
   * request under way.
   */
  async send(
    { id, url }: Pick<Subscription, 'id' | 'url'>,
    { body, ...named }: OutgoingMessage,
    {
      waiting,
      hardStop,
      hasFailed,
    }: { readonly waiting: AbortSignal; readonly hardStop: AbortSignal; readonly hasFailed: boolean },
  ): Promise<SentMessage | undefined> {
    const { store, outbound, semaphore, runtime, userAgent } = this.options;
    const address = new URL(url);
    const release = await semaphore.acquire(address.hostname, hasFailed, waiting);
    if (!release) return undefined;
    try {
      const at = runtime.now();
      const begun = runtime.elapsed();
      const secrets = store.secrets(id, at).map(({ secret }) => secret);
      if (secrets.length === 0) return undefined;
      const headers = {
        'content-type': 'application/cloudevents+json',
        'user-agent': userAgent,
        ...signedHeaders({ id: named.message, at, body }, secrets),
      };
      const reply = await outbound.post(address, headers, body, hardStop);
      if (reply.kind === 'ended') return undefined;
      const duration = Math.round(runtime.elapsed() - begun);
      const asked = reply.kind === 'answered' ? retryAfterIn(headerOf(reply, 'retry-after'), at) : undefined;
      return {
        attempt: { ...named, at, duration, ...outcomeOf(reply, at) },
        ...(asked !== undefined && { asked }),
      };
    } finally {
      release();
    }
  }
}

type Answered = Extract<Reply, { readonly kind: 'answered' }>;

function headerOf({ headers }: Answered, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function outcomeOf(
  reply: Exclude<Reply, { readonly kind: 'ended' }>,
  at: number,
): Pick<DeliveryAttempt, 'delivered' | 'status' | 'failure' | 'response' | 'skew'> {
  if (reply.kind === 'failed') return { delivered: false, failure: reply.reason };
  const { status, body } = reply;
  const response = textOf(body);
  const date = Date.parse(headerOf(reply, 'date') ?? '');
  const answer = {
    status,
    ...(response !== '' && { response }),
    ...(!Number.isNaN(date) && { skew: Math.round((date - at) / 1_000) }),
  };
  if (status >= 200 && status < 300) return { delivered: true, ...answer };
  const redirects = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
  return { delivered: false, failure: `it answered ${status}${redirects}`, ...answer };
}

/** As UTF-8, without control characters; bytes that are not UTF-8 become U+FFFD. */
function textOf(body: Buffer): string {
  const text = body.subarray(0, MOST_RESPONSE).toString('utf8');
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd');
}
