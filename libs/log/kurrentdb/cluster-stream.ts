import { AccessDeniedError, type RecordedEvent } from '@kurrent/kurrentdb-client';
import { Gate, type Runtime, type WaitOptions } from '#runtime';
import type { ConsumerSource } from '../consumer.js';
import { LogError } from '../errors.js';
import type { ReplicaCheckpoint } from '../replica/index.js';
import type { Connection } from './connection.js';
import { asClusterError, incompleteStream } from './failure.js';
import { LiveRecords } from './live-records.js';
import { positionOf } from './record.js';
import { CHECK_MS, pageOf, type StreamReader } from './stream-reader.js';

export interface ClusterStreamOptions {
  readonly runtime: Runtime;
  /** The name of the stream, which is the name of the log. */
  readonly name: string;
  readonly reader: StreamReader;
  /** The connection for the subscription. */
  readonly listening: Connection;
  /** The position of the replica. */
  readonly checkpoint: () => ReplicaCheckpoint;
  /** Milliseconds for which the replica may have been behind the leader before it was opened. */
  readonly age: number;
}

/** Milliseconds without a record after which the leader is asked for its position: a leader that hangs is noticed after this time. */
const SILENCE_MS = 1_000;
/** Milliseconds for which the leader must report another stream before the report counts. */
const DOUBT_MS = 2_500;
/** Milliseconds after which the stream's settings are read again. */
const SETTINGS_MS = 10_000;

/**
 * The stream of the log in the cluster, as the source of a replica. Positions are revisions plus one. New records arrive by a subscription. Records
 * from before the subscription are read in pages.
 */
export class ClusterStream implements ConsumerSource<RecordedEvent> {
  /** The number of records of the stream, as far as this instance knows. */
  private readonly end: Gate;
  private readonly reader: StreamReader;
  private readonly live: LiveRecords;
  private checkedSettings = -Infinity;
  private confirmedAt: number;
  private failing: { readonly error: LogError; readonly since: number } | undefined;
  private checking: Promise<number> | undefined;
  private nextCheck: Promise<number> | undefined;
  /** A subscription that the cluster has not confirmed yet. */
  private beginning: Promise<void> | undefined;
  /** The page after the last one: read already, or being read while the last page is applied. */
  private ahead: { readonly position: number; readonly records: Promise<RecordedEvent[]> } | undefined;

  constructor(private readonly options: ClusterStreamOptions) {
    this.reader = options.reader;
    this.end = new Gate(options.runtime, options.checkpoint().position);
    this.confirmedAt = options.runtime.elapsed() - options.age;
    const { runtime, name, listening: connection } = options;
    this.live = new LiveRecords({ runtime, name, connection, arrived: (position) => this.arrived(position) });
  }

  /** The number of records of the stream, as far as this instance knows. */
  get known(): number {
    return this.end.value;
  }

  /** Milliseconds since the replica last had every record of the leader. */
  get unconfirmed(): number {
    return this.options.runtime.elapsed() - this.confirmedAt;
  }

  /** The reason why the last read of the leader failed. */
  get failure(): LogError | undefined {
    return this.failing?.error;
  }

  /**
   * A fault that waiting does not remove: wrong credentials, or a stream that is another stream or not complete. A wrong stream counts
   * after a while, because a deposed leader may not know yet.
   */
  get fault(): LogError | undefined {
    if (this.failing === undefined) return undefined;
    const { error, since } = this.failing;
    if (error.code === 'unavailable') return error.cause instanceof AccessDeniedError ? error : undefined;
    return this.options.runtime.elapsed() - since > DOUBT_MS ? error : undefined;
  }

  /** A write of this instance has shown that the stream has records up to this position. A subscription brings them. */
  expect(position: number): void {
    if (!this.live.active && position > this.end.value) this.end.advance(position);
  }

  /** The records from the subscription, or otherwise from the leader. Rejects with LogError. */
  async head(): Promise<number> {
    return this.live.active ? this.end.value : this.atLeader();
  }

  async after(position: number, limit: number): Promise<readonly RecordedEvent[]> {
    const here = this.live.after(position, limit);
    return here.length > 0 ? here : this.page(position, limit);
  }

  /**
   * Waits until there are more records than the replica has. False at the timeout, or where the subscription has ended. Rejects with LogError where
   * the leader does not answer, or the subscription was lost.
   */
  async reached(position: number, { timeout, signal }: WaitOptions): Promise<boolean> {
    const { runtime } = this.options;
    const deadline = runtime.elapsed() + timeout;
    // The replica has all records that this instance knows of.
    this.confirmedAt = runtime.elapsed();
    const isOver = (): boolean => signal?.aborted === true || this.end.closed;
    if (isOver()) return false;
    // Records that come while the subscription starts are read in pages: a subscription may wait for a node that hangs.
    if (!this.live.active && (await this.cameBeforeSubscription(position, signal))) return true;
    let missed = -1;
    while (this.live.active && !isOver()) {
      const left = deadline - runtime.elapsed();
      if (left <= 0) return false;
      const stop = AbortSignal.any([this.live.ended, ...(signal ? [signal] : [])]);
      if (await this.end.reached(position, { timeout: Math.min(left, SILENCE_MS), signal: stop }))
        return true;
      if (stop.aborted) break;
      const end = await this.atLeader();
      // The records of the last check should have arrived by now: the subscription is stuck.
      if (missed >= position && end >= missed) this.live.end();
      missed = end;
      if (end >= position) return true;
    }
    this.live.throwLost();
    return false;
  }

  /**
   * The number of records of the leader. Checks that the stream belongs to the replica, and is complete. Calls during a check share the next check.
   * Rejects with LogError.
   */
  atLeader(): Promise<number> {
    if (this.checking === undefined) return this.startCheck();
    const after = (): Promise<number> => {
      this.nextCheck = undefined;
      return this.startCheck();
    };
    return (this.nextCheck ??= this.checking.then(after, after));
  }

  close(): void {
    this.live.end();
    this.end.close();
  }

  private startCheck(): Promise<number> {
    const checking = this.checkLeader().finally(() => {
      if (this.checking === checking) this.checking = undefined;
    });
    this.checking = checking;
    return checking;
  }

  private async checkLeader(): Promise<number> {
    const before = this.options.checkpoint();
    try {
      const last = await this.reader.last();
      const end = last === undefined ? 0 : positionOf(last);
      await this.check(before, last);
      if (end <= this.options.checkpoint().position) this.confirmedAt = this.options.runtime.elapsed();
      if (end > this.end.value) this.end.advance(end);
      this.failing = undefined;
      return end;
    } catch (error) {
      this.live.end();
      // The subscription may be connected to the node that failed.
      this.options.listening.renew();
      throw this.failed(error);
    }
  }

  private failed(cause: unknown): LogError {
    const error = asClusterError(cause);
    const since =
      this.failing?.error.code === error.code ? this.failing.since : this.options.runtime.elapsed();
    this.failing = { error, since };
    return error;
  }

  /** Throws LogError `corrupt` where the stream is not the same as before, or not complete. */
  private async check(before: ReplicaCheckpoint, last: RecordedEvent | undefined): Promise<void> {
    const { runtime } = this.options;
    const end = last === undefined ? 0 : positionOf(last);
    if (end < before.position) {
      throw incompleteStream(
        `it ends with record ${end}, but this instance has seen record ${before.position}`,
      );
    }
    if (this.live.active && runtime.elapsed() - this.checkedSettings < SETTINGS_MS) return;
    await this.reader.check(before, end === 0);
    this.checkedSettings = runtime.elapsed();
  }

  private async page(position: number, limit: number): Promise<RecordedEvent[]> {
    const { ahead } = this;
    this.ahead = undefined;
    let records: RecordedEvent[];
    try {
      const page = ahead?.position === position ? ahead.records : this.reader.after(position, limit);
      records = await this.whileLed(page);
    } catch (error) {
      throw this.failed(error);
    }
    const size = pageOf(records);
    const next = position + size;
    if (size < records.length) this.ahead = { position: next, records: Promise.resolve(records.slice(size)) };
    // Nothing is read ahead at the end: an empty page would still be used when there are records.
    else if (!this.live.active && size > 0 && next < this.end.value) this.readAhead(next, limit);
    return records.slice(0, size);
  }

  private readAhead(position: number, limit: number): void {
    const records = this.reader.after(position, limit);
    // A failure of the read is reported when the page is used.
    records.catch(() => undefined);
    this.ahead = { position, records };
  }

  /** Waits for a page. A leader that hangs sends no page, so the leader is asked again and again until the page is there. */
  private async whileLed<T>(page: Promise<T>): Promise<T> {
    const { runtime } = this.options;
    const arrived = new AbortController();
    const settled = page.finally(() => arrived.abort('arrived'));
    const checks = async (): Promise<never> => {
      for (;;) {
        await runtime.sleep(SILENCE_MS, arrived.signal);
        if (arrived.signal.aborted) return settled as Promise<never>;
        await this.atLeader();
      }
    };
    return Promise.race([settled, checks()]);
  }

  private cameBeforeSubscription(position: number, signal: AbortSignal | undefined): Promise<boolean> {
    this.ahead = undefined;
    this.beginning ??= this.live.begin(position - 1).finally(() => (this.beginning = undefined));
    const settled = new AbortController();
    const begun = this.beginning.finally(() => settled.abort('settled'));
    const stop = AbortSignal.any([settled.signal, ...(signal ? [signal] : [])]);
    const came = this.end.reached(position, { timeout: CHECK_MS, signal: stop });
    return Promise.race([begun.then(() => false), came.then((isHere) => isHere || begun.then(() => false))]);
  }

  private arrived(position: number): void {
    this.confirmedAt = this.options.runtime.elapsed();
    if (position > this.end.value) this.end.advance(position);
  }
}
