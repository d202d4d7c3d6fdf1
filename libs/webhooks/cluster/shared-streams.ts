/** A record of a stream: JSON. */
export interface SharedRecord {
  /** Its place in the stream: dense, from 0. */
  readonly revision: number;
  readonly data: unknown;
}

/** Streams in a cluster that all instances read and append to. Rejects where the cluster does not answer; the record may nevertheless be there. */
export interface SharedStreams {
  /** Undefined: the stream has none. */
  last(stream: string): Promise<SharedRecord | undefined>;
  /** All records after the revision (-1: from the first on), in order. */
  after(stream: string, revision: number): Promise<SharedRecord[]>;
  /**
   * Resolves to the revision of the record; to undefined, and nothing is written, where the last record of the stream is not the one expected (-1: it has
   * none). Without an expected revision it is written in any case.
   */
  append(stream: string, data: object, expected?: number): Promise<number | undefined>;
  /** Lets the cluster delete all but the last records of the stream. Without the right to say so, nothing is changed. */
  keepLast(stream: string, records: number): Promise<void>;
  close(): Promise<void>;
}

/** The names of the streams, after that of the log and a dot. */
export const STREAM = {
  /** Which subscriptions there are and were: a record for each change by a client. */
  index: 'webhooks',
  /** Who delivers. */
  lease: 'webhooks-lease',
  /** The document of a subscription, after each change. */
  of: (subscription: string): string => `webhook-${subscription}`,
} as const;
