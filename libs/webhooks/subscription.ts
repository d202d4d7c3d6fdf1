import type { SourceKind, StoredFilter } from './message-source.js';

/**
 * `active`: messages are sent. `paused`: by its owner, or because the owner's key is no more. `parked`: the receiver has failed for 48 hours, or
 * the place is not in the log any more. `gone`: the receiver answered 410. In all states the place is kept.
 */
export type WebhookState = 'active' | 'paused' | 'parked' | 'gone';

/** A subscription as it is stored, without its secrets. */
export interface Subscription {
  readonly id: string;
  /** The id of the key, or the name of the token, that it belongs to. */
  readonly owner: string;
  readonly url: string;
  readonly kind: SourceKind;
  readonly filter: StoredFilter;
  readonly server: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly state: WebhookState;
  /** Why it is in that state, for people to read; empty where it is active. */
  readonly reason: string;
  /** Rises with each change that a client makes. */
  readonly version: number;
}

/** `live`: the messages as they come. `redelivery`: some of them once more, beside the live ones. */
export type TrackName = 'live' | 'redelivery';

/** How far a track is. */
export interface TrackPlace {
  /** Everything up to it has been delivered, was passed, or is not selected. */
  readonly after: string;
  /** The track ends there, inclusive; absent: never. */
  readonly until?: string;
  /** The position of the message that failed last, which is to be delivered next. */
  readonly head?: string;
  /** How often it has failed. */
  readonly failures: number;
  /** When it is sent again: milliseconds since the epoch. */
  readonly due?: number;
  /** When it failed first. */
  readonly failingSince?: number;
  /** Why it failed last; of a track that has given up, why. */
  readonly reason: string;
  /** It is not tried any more. Of the live track the state of the subscription says so. */
  readonly hasGivenUp: boolean;
}

/** One attempt to deliver a message. */
export interface DeliveryAttempt {
  readonly track: TrackName | 'test';
  /** The `webhook-id`. */
  readonly message: string;
  /** From 1, of this message. */
  readonly attempt: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly delivered: boolean;
  /** Of the answer; absent where there was none. */
  readonly status?: number;
  /** Why it counts as a failure. */
  readonly failure?: string;
  /** The beginning of the body of the answer. */
  readonly response?: string;
  /** Seconds that the receiver's clock is ahead of ours, by its `Date`. */
  readonly skew?: number;
}

/** The `webhook-id`: it names the subscription and the item, so it is the same in each attempt, and no other message has it. */
export const messageId = (subscription: string, position: string): string =>
  `${subscription}_${position.replaceAll('.', '_')}`;

/** A secret that signs. */
export interface WebhookSecret {
  readonly secret: string;
  readonly created: number;
  /** From then on it does not sign; absent: it is the newest. */
  readonly until?: number;
}

/** Why a subscription is paused whose owner may not have what it delivers any more. */
export const withoutOwner = (owner: string): string => `the key ${owner} is revoked or has expired`;
