import type { Runtime } from '#runtime';
import type { DeliveryLease } from '../delivery-lease.js';
import { STREAM, type SharedStreams } from './shared-streams.js';

export interface LeaseTimes {
  /** Milliseconds between two heartbeats of the holder. */
  readonly heartbeat: number;
  /** Milliseconds without a heartbeat after which another instance claims the lease. */
  readonly claim: number;
}

const TIMES: LeaseTimes = { heartbeat: 5_000, claim: 20_000 };
/** The part of `claim` for which a holder trusts its last heartbeat: it stops before another instance may begin. */
const TRUSTED = 0.75;
/** Records of the lease that the cluster keeps. */
const MOST_RECORDS = 50;

interface LeaseRecord {
  readonly kind: 'claim' | 'heartbeat' | 'release';
  /** Rises with each claim. */
  readonly epoch: number;
  /** The process that wrote it. */
  readonly by: string;
}

export interface ClusterLeaseOptions {
  readonly streams: SharedStreams;
  readonly runtime: Runtime;
  /** Whether this instance has every event of the log, so that it could deliver. */
  readonly isReady: () => boolean;
  /** Writes the epoch into the stream of the subscription. Rejects with LeaseLostError where a later one is there. */
  readonly takeOver: (subscription: string) => Promise<void>;
  readonly times?: LeaseTimes;
}

/**
 * The right to deliver, of one instance of several over a cluster. The cluster is the arbiter: a record of the lease is written only behind
 * the last record that its writer has read. So of several claims one succeeds, and a holder that was replaced learns it with its next
 * heartbeat. Each instance measures the time without a heartbeat with its own monotonic clock. This decides when a claim is made, never
 * whether two claims count.
 */
export class ClusterLease implements DeliveryLease {
  private readonly me: string;
  private readonly times: LeaseTimes;
  private lastEpoch = 0;
  private held: { readonly epoch: number; readonly revision: number; readonly since: number } | undefined;
  /** The last record that was seen while another instance had the lease, and since when. */
  private seen: { readonly revision: number; readonly since: number } | undefined;

  constructor(private readonly options: ClusterLeaseOptions) {
    this.me = options.runtime.id();
    this.times = options.times ?? TIMES;
  }

  get isHeld(): boolean {
    return this.held !== undefined && this.elapsed - this.held.since < this.times.claim * TRUSTED;
  }

  /** The epoch of this instance's last claim that succeeded; 0: none has. */
  get epoch(): number {
    return this.lastEpoch;
  }

  async hold(): Promise<boolean> {
    if (this.held === undefined) await this.claim();
    else if (this.elapsed - this.held.since >= this.times.heartbeat)
      await this.heartbeat(this.held.epoch, this.held.revision);
    return this.isHeld;
  }

  takeOver(subscription: string): Promise<void> {
    return this.options.takeOver(subscription);
  }

  /** Another instance has a later claim. */
  lost(): void {
    this.held = undefined;
    this.seen = undefined;
  }

  async letGo(): Promise<void> {
    const { held } = this;
    this.lost();
    // Where the cluster cannot be reached, the other instances wait until the heartbeats have been missing for long enough.
    if (held) await this.write('release', held.epoch, held.revision).catch(() => undefined);
  }

  private get elapsed(): number {
    return this.options.runtime.elapsed();
  }

  private async claim(): Promise<void> {
    const begun = this.elapsed;
    const { revision, ...last } = await this.last();
    if (last.by === this.me && last.kind !== 'release') {
      // The answer to our own claim was lost.
      this.has(last.epoch, revision, begun);
      return;
    }
    if (this.seen?.revision !== revision) this.seen = { revision, since: this.elapsed };
    const isFree = last.kind === 'release' || this.elapsed - this.seen.since >= this.times.claim;
    if (!isFree || !this.options.isReady()) return;
    const epoch = last.epoch + 1;
    const written = await this.write('claim', epoch, revision);
    if (written === undefined) return;
    this.has(epoch, written, begun);
    if (written === 0) await this.options.streams.keepLast(STREAM.lease, MOST_RECORDS);
  }

  /** The last record of the lease. Where there is none, the lease is as after a release. */
  private async last(): Promise<LeaseRecord & { readonly revision: number }> {
    const last = await this.options.streams.last(STREAM.lease);
    if (!last) return { kind: 'release', epoch: 0, by: '', revision: -1 };
    return { ...(last.data as LeaseRecord), revision: last.revision };
  }

  private async heartbeat(epoch: number, revision: number): Promise<void> {
    const begun = this.elapsed;
    const written = await this.write('heartbeat', epoch, revision);
    if (written !== undefined) {
      this.has(epoch, written, begun);
      return;
    }
    const last = await this.last();
    // The answer to our own heartbeat was lost, or another instance has written.
    if (last.by === this.me) this.has(epoch, last.revision, begun);
    else this.lost();
  }

  private has(epoch: number, revision: number, since: number): void {
    this.held = { epoch, revision, since };
    this.lastEpoch = epoch;
  }

  private write(kind: LeaseRecord['kind'], epoch: number, expected: number): Promise<number | undefined> {
    const record: LeaseRecord = { kind, epoch, by: this.me };
    return this.options.streams.append(STREAM.lease, record, expected);
  }
}
