import type { RecordedEvent, StreamSubscription } from '@kurrent/kurrentdb-client';
import { withTimeout, type Runtime } from '#runtime';
import { LogError } from '../errors.js';
import type { Connection } from './connection.js';
import { asClusterError, isTooSlow } from './failure.js';
import { positionOf, withoutGap } from './record.js';
import { CHECK_MS, pageOf } from './stream-reader.js';

export interface LiveRecordsOptions {
  readonly runtime: Runtime;
  /** The name of the stream. */
  readonly name: string;
  readonly connection: Connection;
  /** Called when records have arrived, up to this position. */
  readonly arrived: (position: number) => void;
}

/** The most records in memory before the subscription has to wait: each may have a megabyte. */
const BUFFER = 100;

/**
 * The records that a subscription delivers. A record is identified by its revision alone, so `caughtUp` and `fellBehind` do not matter, nor how
 * often a subscription ends and begins.
 */
export class LiveRecords {
  private records: RecordedEvent[] = [];
  private subscription: StreamSubscription | undefined;
  private confirmed = false;
  private lost: unknown;
  private ending = new AbortController();
  private scheduled = false;

  constructor(private readonly options: LiveRecordsOptions) {}

  /** Whether the cluster delivers. */
  get active(): boolean {
    return this.confirmed;
  }

  /** Aborted when the subscription ends. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  /** Subscribes to the records after the position. Rejects with LogError. */
  async begin(position: number): Promise<void> {
    const { connection, name, runtime } = this.options;
    this.end();
    const { client } = connection;
    const subscription = client.subscribeToStream(name, {
      fromRevision: position === 0 ? 'start' : BigInt(position - 1),
    });
    this.subscription = subscription;
    this.ending = new AbortController();
    const confirmed = new Promise<void>((resolve, reject) => {
      subscription.once('confirmation', () => resolve());
      const ended = (error?: unknown): void => {
        // This instance ended the subscription, which is no failure.
        if (subscription !== this.subscription) return resolve();
        reject(error instanceof Error ? error : new LogError('unavailable', 'The subscription has ended'));
        this.lost = error;
        if (error !== undefined && !isTooSlow(error)) connection.failed(client, error);
        this.end();
      };
      subscription.on('error', ended);
      subscription.on('end', () => ended());
      subscription.on('close', () => ended());
    });
    subscription.on('data', ({ event }) => {
      if (event === undefined || subscription !== this.subscription) return;
      this.records.push(event);
      if (this.records.length >= BUFFER) subscription.pause();
      this.schedule();
    });
    try {
      await withTimeout(runtime, CHECK_MS, confirmed);
      if (subscription === this.subscription) this.confirmed = true;
    } catch (error) {
      connection.failed(client, error);
      this.end();
      this.lost = undefined;
      throw asClusterError(error);
    }
  }

  /** Ends the subscription, and drops its records. */
  end(): void {
    const { subscription } = this;
    this.subscription = undefined;
    this.confirmed = false;
    this.records = [];
    this.ending.abort();
    if (subscription === undefined) return;
    void subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }

  /** Takes the records that follow the position, one by one, a page at most. Drops earlier records. */
  after(position: number, limit: number): RecordedEvent[] {
    const first = this.records.findIndex((record) => positionOf(record) > position);
    this.records.splice(0, first < 0 ? this.records.length : first);
    const next = this.records.slice(0, Math.min(withoutGap(this.records, position), limit));
    const taken = this.records.splice(0, pageOf(next));
    if (this.subscription?.isPaused() === true && this.records.length < BUFFER) this.subscription.resume();
    return taken;
  }

  /**
   * Throws, once, the LogError that ended the subscription; throws nothing where the reader was too slow, because it may subscribe again.
   */
  throwLost(): void {
    const { lost } = this;
    this.lost = undefined;
    if (lost !== undefined && !isTooSlow(lost)) throw asClusterError(lost);
  }

  /** Records that arrive together are announced together. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    void this.options.runtime.turn().then(() => {
      this.scheduled = false;
      const last = this.records.at(-1);
      if (last !== undefined) this.options.arrived(positionOf(last));
    });
  }
}
