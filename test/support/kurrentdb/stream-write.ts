/** A record of the double. */
export interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  /** The place in the stream, dense, from 0. */
  readonly revision: number;
  /** The commit position and the prepare position, which are equal in the double; positions are not dense. */
  readonly position: bigint;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly created: number;
}

export type ProposedEvent = Pick<StoredEvent, 'id' | 'type' | 'json' | 'data' | 'metadata'>;

/** Expected states of a stream that are not a revision. */
export const NO_STREAM = -1;
export const ANY = -2;
export const STREAM_EXISTS = -4;

export interface StreamWrite {
  readonly stream: string;
  /** A revision, or one of the expected states above. */
  readonly expected: number;
  readonly events: readonly ProposedEvent[];
}

export type WriteOutcome =
  /** The events are written, by this write or by an earlier write of the same events. */
  | { readonly kind: 'committed'; readonly position: bigint; readonly revision: number }
  | { readonly kind: 'wrongVersion'; readonly current: number }
  | { readonly kind: 'deleted' };
