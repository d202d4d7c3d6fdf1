import type { SourceKind, StoredFilter } from './message-source.js';

/**
 * `active`: messages are sent. `paused`: by its owner, or because the owner's key is revoked or has expired. `parked`: the receiver has
 * failed for 48 hours, or the log does not have the place. `gone`: the receiver answered 410. In all states the place is kept.
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
  /** Why it is in that state, for people; empty where it is active. */
  readonly reason: string;
  /** Rises with each change by a client. */
  readonly version: number;
}

/** `live`: new messages. `redelivery`: some messages again, beside the live messages. */
export type TrackName = 'live' | 'redelivery';

/** The state of a track. */
export interface TrackPlace {
  /** The position up to which everything was delivered or skipped, or is not selected. */
  readonly after: string;
  /** The position at which the track ends, inclusive; absent: it never ends. */
  readonly until?: string;
  /** The position of the failed message, which is the next to deliver. */
  readonly head?: string;
  /** The number of the message's failures. */
  readonly failures: number;
  /** When the failed message is sent again: milliseconds since the epoch. */
  readonly due?: number;
  /** When the failed message failed first. */
  readonly failingSince?: number;
  /** The reason of the last failure; for a track that has given up, the reason for that. */
  readonly reason: string;
  /** Whether the track no longer tries to deliver. For the live track this is the state of the subscription. */
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
  /** The status of the answer; absent where there was none. */
  readonly status?: number;
  /** Why it counts as a failure. */
  readonly failure?: string;
  /** The beginning of the body of the answer. */
  readonly response?: string;
  /** Seconds by which the receiver's clock is ahead of ours, by its `Date`. */
  readonly skew?: number;
}

/** The `webhook-id`: it names the subscription and the position. It is the same in each attempt, and no other message has it. */
export const messageId = (subscription: string, position: string): string =>
  `${subscription}_${position.replaceAll('.', '_')}`;

/** A secret that signs. */
export interface WebhookSecret {
  readonly secret: string;
  readonly created: number;
  /** When the secret stops signing; absent for the newest secret. */
  readonly until?: number;
}

/** The reason of a pause where the owner has lost the right to the messages. */
export const withoutOwner = (owner: string): string => `the key ${owner} is revoked or has expired`;
