/** A record of a stream: JSON. */
export interface SharedRecord {
  /** Its place in the stream: dense, from 0. */
  readonly revision: number;
  readonly data: unknown;
}

/** Streams in a cluster that all instances read and append to. Rejects where the cluster does not answer; the record may nevertheless be there. */
export interface SharedStreams {
  /** The last record; undefined where the stream is empty. */
  last(stream: string): Promise<SharedRecord | undefined>;
  /** All records after the revision (-1: from the first on), in order. */
  after(stream: string, revision: number): Promise<SharedRecord[]>;
  /**
   * Writes a record and resolves to its revision. Where the last record of the stream does not have the expected revision (-1: the stream is empty),
   * it writes nothing and resolves to undefined. Without an expected revision it writes in any case.
   */
  append(stream: string, data: object, expected?: number): Promise<number | undefined>;
  /** Lets the cluster delete all but the last records of the stream. Without the permission for that, it changes nothing. */
  keepLast(stream: string, records: number): Promise<void>;
  close(): Promise<void>;
}

/** The names of the streams. In the cluster, the name of the log and a dot come before each. */
export const STREAM = {
  /** Which subscriptions there are and were: a record for each change by a client. */
  index: 'webhooks',
  /** Who delivers. */
  lease: 'webhooks-lease',
  /** The document of a subscription, after each change. */
  of: (subscription: string): string => `webhook-${subscription}`,
} as const;
