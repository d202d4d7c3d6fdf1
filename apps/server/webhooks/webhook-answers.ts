import { formatInstant, type InstantText } from '#time';
import type {
  DeliveryAttempt,
  TrackPlace,
  NumberedAttempt,
  Subscription,
  WebhookSecret,
  WebhookState,
} from '#webhooks';

/** The parameters of the stream, each a text. */
export type WebhookFilter = Readonly<Record<string, string>>;

/** A subscription: its messages, its address, and its place. */
export interface Webhook {
  /** @format uuid */
  readonly id: string;
  /**
   * Where messages are sent.
   * @format uri
   */
  readonly url: string;
  readonly description?: string;
  /** It sends the events that pass this filter. The members are parameters of `/v1/events/stream`. */
  readonly events?: WebhookFilter;
  /** It sends the changes of state that pass this filter. The members are parameters of `/v1/changes/stream`. */
  readonly changes?: WebhookFilter;
  /**
   * `paused`: by its owner, or because the key of its owner was revoked or has expired. `parked`: the receiver has failed for 48 hours, or the
   * log no longer has the place. `gone`: the receiver answered 410. The place is kept in all states.
   */
  readonly state: WebhookState;
  /** Why it is not active. */
  readonly reason?: string;
  /** Its owner: the id of a key, or the issuer and the subject of a token. */
  readonly owner: string;
  readonly created: InstantText;
  /** Its place in the stream: everything up to this place was delivered or skipped, or is not selected. */
  readonly after: string;
  /** The next message, where it has failed. */
  readonly failing?: FailingMessage;
  /** Messages that are sent again, beside the others. */
  readonly redelivery?: WebhookRedelivery;
  /** The secrets that sign, the newest first, without the secrets themselves. */
  readonly secrets: readonly SecretTimes[];
}

/** A message whose last attempt has failed. */
export interface FailingMessage {
  /** Its `webhook-id`. */
  readonly message: string;
  /** @asType integer */
  readonly attempts: number;
  /** When it failed first. */
  readonly since: InstantText;
  /** When it is sent again; absent: it is no longer tried, unless the webhook is resumed. */
  readonly next?: InstantText;
  /** Why it failed last. */
  readonly reason: string;
}

/** Messages that are sent again. */
export interface WebhookRedelivery {
  /** Everything up to this place has been sent again. */
  readonly after: string;
  /** Its last place. */
  readonly until: string;
  readonly failing?: FailingMessage;
  /** Why it is no longer tried. */
  readonly stopped?: string;
}

export interface SecretTimes {
  readonly created: InstantText;
  /** From then on it does not sign; absent: it is the newest. */
  readonly until?: InstantText;
}

/** A webhook with its newest secret, which is in this answer only. */
export interface WebhookWithSecret extends Webhook {
  /**
   * Verify the header `webhook-signature` with it (Standard Webhooks).
   * @pattern ^whsec_[A-Za-z0-9+/]+=*$
   */
  readonly secret: string;
}

/** The webhooks of a key; for a key with the scope `admin`, all webhooks. */
export interface WebhookList {
  readonly items: readonly Webhook[];
  /** The `after` of the next page; null: this page is the last. */
  readonly next: string | null;
}

/** An attempt to deliver a message. */
export interface Delivery {
  /** The `webhook-id` of the message: the same in each attempt. */
  readonly message: string;
  /** `live`: a new message; `redelivery`: sent again; `test`: a message of `/test`. */
  readonly track: 'live' | 'redelivery' | 'test';
  /**
   * From 1, of this message.
   * @asType integer
   */
  readonly attempt: number;
  readonly at: InstantText;
  /**
   * In milliseconds.
   * @asType integer
   */
  readonly duration: number;
  /** Whether the receiver answered 2xx. */
  readonly delivered: boolean;
  /**
   * The status of the answer; absent: there was none.
   * @asType integer
   */
  readonly status?: number;
  /** Why it counts as a failure. */
  readonly failure?: string;
  /** The beginning of the body of the answer. */
  readonly response?: string;
  /**
   * Seconds by which the receiver’s clock is ahead, by its header `Date`. Signatures are commonly refused when it is 300 or more.
   * @asType integer
   */
  readonly skew?: number;
}

/** The last attempts, at most 1,000 of the last seven days, the newest first. */
export interface DeliveryList {
  readonly items: readonly Delivery[];
  /** The `after` of the next page; null: this page is the last. */
  readonly next: string | null;
}

/** The values that are read besides the subscription. */
export interface SubscriptionParts {
  readonly live: TrackPlace;
  readonly redelivery: TrackPlace | undefined;
  readonly secrets: readonly WebhookSecret[];
  /** The `webhook-id` of the message at a position. */
  readonly messageAt: (position: string) => string;
}

export function webhookOf(subscription: Subscription, parts: SubscriptionParts): Webhook {
  const { id, url, description, kind, filter, state, reason, owner, created } = subscription;
  const { live, redelivery, secrets, messageAt } = parts;
  const failing = failingIn(live, state === 'active', messageAt);
  return {
    id,
    url,
    ...(description !== '' && { description }),
    [kind]: filter,
    state,
    ...(reason !== '' && { reason }),
    owner,
    created: formatInstant(created),
    after: live.after,
    ...(failing && { failing }),
    ...(redelivery && { redelivery: redeliveryOf(redelivery, state === 'active', messageAt) }),
    secrets: secrets.map(({ created: made, until }) => ({
      created: formatInstant(made),
      ...(until !== undefined && { until: formatInstant(until) }),
    })),
  };
}

type MessageAt = SubscriptionParts['messageAt'];

function redeliveryOf(place: TrackPlace, isActive: boolean, messageAt: MessageAt): WebhookRedelivery {
  const { after, until = after, reason, hasGivenUp } = place;
  const failing = failingIn(place, isActive && !hasGivenUp, messageAt);
  return { after, until, ...(failing && { failing }), ...(hasGivenUp && { stopped: reason }) };
}

function failingIn(
  { head, failures, failingSince, due, reason }: TrackPlace,
  isTried: boolean,
  messageAt: MessageAt,
): FailingMessage | undefined {
  if (head === undefined || failingSince === undefined) return undefined;
  const next = isTried && due !== undefined ? { next: formatInstant(due) } : {};
  return {
    message: messageAt(head),
    attempts: failures,
    since: formatInstant(failingSince),
    ...next,
    reason,
  };
}

export const deliveryOf = ({ at, ...rest }: DeliveryAttempt): Delivery => ({
  ...rest,
  at: formatInstant(at),
});

export const numberedDeliveryOf = ({ number: _, ...attempt }: NumberedAttempt): Delivery =>
  deliveryOf(attempt);
