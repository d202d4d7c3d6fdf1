import {
  AccessDeniedError,
  ANY,
  jsonEvent,
  NO_STREAM,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type JSONEventData,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import type { Runtime } from '#runtime';
import { Connection } from './connection.js';
import { clientOf } from './connection-string.js';
import { asClusterError } from './failure.js';

export interface KurrentStreamsOptions {
  /** As in the options of `openKurrentLog`. */
  readonly connectionString: string;
  /** The name of the log. A stream is called `<name>.<stream>`: a log cannot have such a name. */
  readonly name: string;
  readonly runtime: Runtime;
}

/** Milliseconds that the cluster has to answer. */
const ANSWER_MS = 3_000;
/** Milliseconds that the cluster has to send a whole stream. */
const STREAM_MS = 30_000;
const TYPE = 'state';

interface StreamState {
  readonly revision: number;
  readonly data: unknown;
}

/**
 * Small streams of JSON in a cluster, beside the stream of the log. Instances share them. They are read from the leader, so that an
 * instance immediately finds the records of another instance. Every method rejects with LogError `unavailable` where the cluster does not
 * answer.
 */
export class KurrentStreams {
  private readonly reading: Connection;
  private readonly writing: Connection;

  /** Throws LogError `invalid` for an invalid connection string. */
  constructor(private readonly options: KurrentStreamsOptions) {
    const { connectionString, runtime } = options;
    this.reading = new Connection(runtime, (node) => clientOf(connectionString, 'reading', node));
    this.writing = new Connection(runtime, () => clientOf(connectionString, 'streaming'), true);
  }

  /** The last record of the stream; undefined where the stream is empty. */
  async last(stream: string): Promise<StreamState | undefined> {
    const [last] = await this.read(stream, ANSWER_MS, {
      direction: 'backwards',
      fromRevision: 'end',
      maxCount: 1,
    });
    return last;
  }

  /** The records of the stream after the revision (-1: from the first on), in order. */
  after(stream: string, revision: number): Promise<StreamState[]> {
    return this.read(stream, STREAM_MS, { fromRevision: BigInt(revision + 1) });
  }

  /**
   * Writes a record and resolves to its revision. Where the stream does not end with the expected revision (-1: the stream is empty), it writes
   * nothing and resolves to undefined. Where `expected` is absent, it writes in any case.
   */
  async append(stream: string, data: object, expected?: number): Promise<number | undefined> {
    const record = jsonEvent({
      id: this.options.runtime.id(),
      type: TYPE,
      data: data as JSONEventData['data'],
    });
    const streamState = expected === undefined ? ANY : expected < 0 ? NO_STREAM : BigInt(expected);
    try {
      const { nextExpectedRevision } = await this.writing.call(ANSWER_MS, (client) =>
        client.appendToStream(this.nameOf(stream), [record], { streamState, requiresLeader: true }),
      );
      return Number(nextExpectedRevision);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return undefined;
      throw asClusterError(error);
    }
  }

  /** Sets `$maxCount`; without the permission for that, it changes nothing. */
  async keepLast(stream: string, records: number): Promise<void> {
    try {
      await this.writing.call(ANSWER_MS, (client) =>
        client.setStreamMetadata(this.nameOf(stream), { maxCount: records }),
      );
    } catch (error) {
      if (!(error instanceof AccessDeniedError)) throw asClusterError(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.reading.close(), this.writing.close()]);
  }

  private async read(
    stream: string,
    timeout: number,
    how: Parameters<KurrentDBClient['readStream']>[1],
  ): Promise<StreamState[]> {
    try {
      return await this.reading.call(timeout, async (client) => {
        const records: StreamState[] = [];
        for await (const { event } of client.readStream(this.nameOf(stream), {
          ...how,
          requiresLeader: true,
        }))
          if (event) records.push({ revision: Number(event.revision), data: event.data });
        return records;
      });
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw asClusterError(error);
    }
  }

  private nameOf(stream: string): string {
    return `${this.options.name}.${stream}`;
  }
}
