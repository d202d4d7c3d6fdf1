import { StreamNotFoundError, type KurrentDBClient, type RecordedEvent } from '@kurrent/kurrentdb-client';
import type { ReplicaCheckpoint } from '../replica/index.js';
import type { Connection } from './connection.js';
import { incompleteStream } from './failure.js';
import { positionOf, withoutGap } from './record.js';

/** Milliseconds for the cluster to answer a check. */
export const CHECK_MS = 1_500;
/** Milliseconds after which another node may be asked beside the first: a node that hangs does not say so. */
const HEDGE_AFTER_MS = 400;
/** Milliseconds for the cluster to send a page. */
const PAGE_MS = 10_000;
/**
 * The approximate number of bytes of one read. The client would continue a read that its reader leaves, so every read is read to its end.
 */
const READ_BYTES = 4_000_000;
/** Records of the first read, when their size is not known. */
const FIRST_READ = 32;
/** Bytes after which a page has no further record: a replica applies a page in one piece. */
const PAGE_BYTES = 500_000;

const bytesOf = ({ isJson, data }: RecordedEvent): number =>
  !isJson && data instanceof Uint8Array ? data.length : 0;

/** The number of records at the beginning that make a page. */
export function pageOf(records: readonly RecordedEvent[]): number {
  let bytes = 0;
  const last = records.findIndex((record) => (bytes += bytesOf(record)) >= PAGE_BYTES);
  return last < 0 ? records.length : last + 1;
}

/** Reads the stream of the log in the cluster, and checks that it is complete. Rejects with the error of the client. */
export class StreamReader {
  /** Records of the next read: they should have about `READ_BYTES`. */
  private size = FIRST_READ;

  constructor(
    private readonly connection: Connection,
    private readonly name: string,
  ) {}

  /** The last record that the leader has; undefined where there is none. */
  last(): Promise<RecordedEvent | undefined> {
    const last = { direction: 'backwards', fromRevision: 'end', maxCount: 1, requiresLeader: true } as const;
    return this.connection.callHedged(CHECK_MS, HEDGE_AFTER_MS, async (client) => {
      try {
        for await (const { event } of client.readStream(this.name, last)) return event;
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return undefined;
    });
  }

  /** Some records after the position, up to one that is missing. Throws LogError `corrupt` where the next one is missing. */
  async after(position: number, limit: number): Promise<RecordedEvent[]> {
    const asked = Math.min(this.size, limit);
    const records = await this.connection.call(PAGE_MS, (client) => this.read(client, position, asked));
    const bytes = records.reduce((sum, record) => sum + bytesOf(record), 0);
    if (bytes > READ_BYTES) this.size = Math.max(1, Math.floor(this.size / 2));
    else if (records.length === this.size && bytes < READ_BYTES / 2) this.size *= 2;
    const count = withoutGap(records, position);
    if (count === 0 && records.length > 0) throw incompleteStream(`record ${position + 1} is not there`);
    return records.slice(0, count);
  }

  /**
   * Throws LogError `corrupt` where the stream has lost its first records or may lose them, or where another record is at the checkpoint
   * than before.
   */
  check(checkpoint: ReplicaCheckpoint, isEmpty: boolean): Promise<void> {
    return this.connection.call(PAGE_MS, async (client) => {
      await this.checkSettings(client);
      const [first] = isEmpty ? [undefined] : await this.read(client, 0, 1);
      if (first !== undefined && positionOf(first) !== 1)
        throw incompleteStream('its first records are not there');
      if (checkpoint.position === 0) return;
      const [same] = await this.read(client, checkpoint.position - 1, 1);
      if (same?.id !== checkpoint.record) {
        throw incompleteStream(`record ${checkpoint.position} is not the record that this instance has seen`);
      }
    });
  }

  private async checkSettings(client: KurrentDBClient): Promise<void> {
    const { metadata } = await client.getStreamMetadata(this.name);
    const setting = (['maxCount', 'maxAge', 'truncateBefore'] as const).find(
      (name) => metadata?.[name] !== undefined,
    );
    if (setting === undefined) return;
    throw incompleteStream(
      `${setting} is set, so the cluster deletes its first records: remove it from the metadata of the stream`,
    );
  }

  private async read(client: KurrentDBClient, from: number, maxCount: number): Promise<RecordedEvent[]> {
    const records: RecordedEvent[] = [];
    const options = { fromRevision: BigInt(from), maxCount } as const;
    for await (const { event } of client.readStream(this.name, options)) {
      if (event !== undefined) records.push(event);
    }
    return records;
  }
}
