/** A message of a source. */
export interface SourceMessage {
  /** The place after which reading continues when it has been delivered. */
  readonly position: string;
  /** The body: JSON. The same text each time. */
  readonly body: () => string;
}

/** Some of the messages after a position, and the position up to which they go. */
export interface MessagePage {
  readonly messages: readonly SourceMessage[];
  /** Equal to the given position: there are no more now. */
  readonly through: string;
}

/**
 * A sequence of messages in an order that never changes, such as the events of a log that pass a filter. Positions are texts without `.`, which
 * only the source reads.
 */
export interface MessageSource {
  /** Whether it has the position. */
  has(position: string, signal: AbortSignal): Promise<boolean>;
  /** Negative where `one` is before `other`, 0 where they are the same place. */
  compare(one: string, other: string): number;
  after(position: string, signal: AbortSignal): Promise<MessagePage>;
  /** Resolves when there may be messages after the position, at the latest after some seconds, and when the signal is aborted. */
  more(position: string, signal: AbortSignal): Promise<void>;
}

/** Gives the source of a subscription. Throws where its filter cannot be read. */
export type SourceOf = (wanted: {
  readonly kind: SourceKind;
  readonly filter: StoredFilter;
  /** The scheme and authority by which clients call this server, for addresses in messages. */
  readonly server: string;
}) => MessageSource;

export const SOURCE_KINDS = ['events', 'changes'] as const;
/** The kind of messages of a subscription. */
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** A filter as a client gave it: parameters of the stream, each a text. */
export type StoredFilter = Readonly<Record<string, string>>;
