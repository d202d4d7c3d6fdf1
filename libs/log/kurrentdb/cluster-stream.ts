import { AccessDeniedError, type RecordedEvent, type StreamSubscription } from '@kurrent/kurrentdb-client';
import { Gate, withTimeout, type Runtime, type WaitOptions } from '#runtime';
import type { ConsumerSource } from '../consumer.js';
import { LogError } from '../errors.js';
import type { ReplicaCheckpoint } from '../sqlite/replica.js';
import type { Connection } from './connection.js';
import { asClusterError, cut, isTooSlow } from './failure.js';
import { positionOf, withoutGap } from './record.js';
import { LOOK_MS, type StreamReader } from './stream-reader.js';

export interface ClusterStreamOptions {
  readonly runtime: Runtime;
  /** The name of the stream: that of the log. */
  readonly name: string;
  readonly reader: StreamReader;
  /** For the subscription. */
  readonly listening: Connection;
  /** The position of the replica. */
  readonly checkpoint: () => ReplicaCheckpoint;
  /** Milliseconds for which the replica may have been behind the leader before it was opened. */
  readonly age: number;
}

/** Milliseconds without a record after which the leader is asked for its position: a leader that hangs is unnoticed for so long. */
const SILENCE_MS = 1_000;
/** Milliseconds for which the leader must report that the stream is another one. */
const DOUBT_MS = 2_500;
/** Milliseconds after which the stream's settings are read again. */
const SETTINGS_MS = 10_000;
/** Records held at most before the subscription has to wait. */
const BUFFER = 4_000;
/** If the subscription lacks more records than this, they are read in pages instead. */
const FAR = 50;
/** Records read at a time. */
const PAGE = 1_000;

/**
 * The stream of the log in the cluster, as the source of a replica. Positions are revisions plus one. New records arrive by a subscription; the
 * others are read in pages. A record is identified by its revision alone, so `caughtUp` and `fellBehind` do not matter, nor how often a
 * subscription ends and begins.
 */
export class ClusterStream implements ConsumerSource<RecordedEvent> {
  /** The known number of records of the stream. */
  private readonly end: Gate;
  private readonly reader: StreamReader;
  private buffer: RecordedEvent[] = [];
  private subscription: StreamSubscription | undefined;
  private subscribed = false;
  private lost: unknown;
  /** Aborted when the subscription ends. */
  private ended = new AbortController();
  private scheduled = false;
  private checkedSettings = -Infinity;
  private confirmedAt: number;
  private failing: { readonly error: LogError; readonly since: number } | undefined;
  private look: Promise<number> | undefined;
  private nextLook: Promise<number> | undefined;
  /** The page after the last one: it is read while that one is applied. */
  private ahead: { readonly position: number; readonly records: Promise<RecordedEvent[]> } | undefined;

  constructor(private readonly options: ClusterStreamOptions) {
    this.reader = options.reader;
    this.end = new Gate(options.runtime, options.checkpoint().position);
    this.confirmedAt = options.runtime.elapsed() - options.age;
  }

  /** The known number of records. */
  get known(): number {
    return this.end.value;
  }

  /** The time, by `elapsed`, at which the replica last had everything of the leader. */
  get unconfirmed(): number {
    return this.options.runtime.elapsed() - this.confirmedAt;
  }

  /** The reason why the last read of the leader failed. */
  get failure(): LogError | undefined {
    return this.failing?.error;
  }

  /**
   * A fault that waiting does not remove: wrong credentials, or a stream that is another one or not complete. The latter counts after a while, as
   * a deposed leader may not know yet.
   */
  get fault(): LogError | undefined {
    if (this.failing === undefined) return undefined;
    const { error, since } = this.failing;
    if (error.code === 'unavailable') return error.cause instanceof AccessDeniedError ? error : undefined;
    return this.options.runtime.elapsed() - since > DOUBT_MS ? error : undefined;
  }

  /** The stream has so many records, as another part has learned. */
  expect(position: number): void {
    if (position > this.end.value) this.end.advance(position);
  }

  /** The records from the subscription, or otherwise from the leader. Rejects with LogError. */
  async head(): Promise<number> {
    return this.subscribed ? this.end.value : this.atLeader();
  }

  async after(position: number, limit: number): Promise<readonly RecordedEvent[]> {
    const first = this.buffer.findIndex((record) => positionOf(record) > position);
    if (first < 0) this.buffer = [];
    else if (first > 0) this.buffer.splice(0, first);
    const here = withoutGap(this.buffer, position);
    // To read many records is faster than to get them one by one.
    const isFar = this.end.value - position > this.buffer.length + FAR;
    const records =
      here > 0 && !isFar ? this.buffer.splice(0, Math.min(here, limit)) : await this.page(position, limit);
    this.resume();
    return records;
  }

  /**
   * Whether there are more records than the replica has, or the subscription has ended. Rejects with LogError where the leader does not answer.
   */
  async reached(position: number, { timeout, signal }: WaitOptions): Promise<boolean> {
    const { runtime } = this.options;
    const deadline = runtime.elapsed() + timeout;
    // The replica has all records known so far.
    this.confirmedAt = runtime.elapsed();
    if (!this.subscribed) await this.subscribe(position - 1);
    let missed = -1;
    while (this.subscribed && signal?.aborted !== true) {
      const left = deadline - runtime.elapsed();
      if (left <= 0) return false;
      const stop = AbortSignal.any([this.ended.signal, ...(signal ? [signal] : [])]);
      if (await this.end.reached(position, { timeout: Math.min(left, SILENCE_MS), signal: stop }))
        return true;
      if (stop.aborted) break;
      const end = await this.atLeader();
      // The records of the last look should have arrived by now: the subscription is stuck.
      if (missed >= position && end >= missed) this.unsubscribe();
      missed = end;
      if (end >= position) return true;
    }
    const { lost } = this;
    this.lost = undefined;
    if (lost !== undefined && !isTooSlow(lost)) throw asClusterError(lost);
    return false;
  }

  /**
   * The number of records of the leader. Checks that the stream is that of the replica, and complete. Callers during a look share the next one.
   * Rejects with LogError.
   */
  atLeader(): Promise<number> {
    if (this.look === undefined) return this.startLook();
    const after = (): Promise<number> => {
      this.nextLook = undefined;
      return this.startLook();
    };
    return (this.nextLook ??= this.look.then(after, after));
  }

  close(): void {
    this.unsubscribe();
    this.end.close();
  }

  private startLook(): Promise<number> {
    const look = this.lookAtLeader().finally(() => {
      if (this.look === look) this.look = undefined;
    });
    this.look = look;
    return look;
  }

  private async lookAtLeader(): Promise<number> {
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
      this.unsubscribe();
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

  /** Throws LogError `corrupt` where the stream is another one than before, or not complete. */
  private async check(before: ReplicaCheckpoint, last: RecordedEvent | undefined): Promise<void> {
    const { runtime } = this.options;
    const end = last === undefined ? 0 : positionOf(last);
    if (end < before.position) {
      throw cut(`it ends with record ${end}, but this instance has seen record ${before.position}`);
    }
    if (this.subscribed && runtime.elapsed() - this.checkedSettings < SETTINGS_MS) return;
    await this.reader.check(before, end === 0);
    this.checkedSettings = runtime.elapsed();
  }

  private async page(position: number, limit: number): Promise<RecordedEvent[]> {
    let records: RecordedEvent[];
    const size = Math.max(PAGE, limit);
    const { ahead } = this;
    this.ahead = undefined;
    try {
      records = await (ahead?.position === position ? ahead.records : this.reader.after(position, size));
    } catch (error) {
      throw this.failed(error);
    }
    if (records.length === size) this.readAhead(position + size, size);
    const more = records.splice(limit);
    if (!this.subscribed) this.buffer = more;
    return records;
  }

  private readAhead(position: number, size: number): void {
    const records = this.reader.after(position, size);
    // Its failure is reported when the page is used.
    records.catch(() => undefined);
    this.ahead = { position, records };
  }

  private async subscribe(position: number): Promise<void> {
    const { listening, name, runtime } = this.options;
    this.unsubscribe();
    this.buffer = [];
    this.ahead = undefined;
    const { client } = listening;
    const subscription = client.subscribeToStream(name, {
      fromRevision: position === 0 ? 'start' : BigInt(position - 1),
    });
    this.subscription = subscription;
    this.ended = new AbortController();
    const confirmed = new Promise<void>((resolve, reject) => {
      subscription.once('confirmation', () => resolve());
      const ended = (error?: unknown): void => {
        reject(error instanceof Error ? error : new LogError('unavailable', 'The subscription has ended'));
        if (subscription !== this.subscription) return;
        this.lost = error;
        if (error !== undefined && !isTooSlow(error)) listening.failed(client, error);
        this.unsubscribe();
      };
      subscription.on('error', ended);
      subscription.on('end', () => ended());
      subscription.on('close', () => ended());
    });
    subscription.on('data', ({ event }) => {
      if (event === undefined || subscription !== this.subscription) return;
      this.buffer.push(event);
      if (this.buffer.length >= BUFFER) subscription.pause();
      this.schedule();
    });
    try {
      await withTimeout(runtime, LOOK_MS, confirmed);
      this.subscribed = subscription === this.subscription;
    } catch (error) {
      listening.failed(client, error);
      this.unsubscribe();
      this.lost = undefined;
      throw asClusterError(error);
    }
  }

  /** Records that arrive together are announced together. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    void this.options.runtime.turn().then(() => {
      this.scheduled = false;
      const last = this.buffer.at(-1);
      if (last === undefined) return;
      this.confirmedAt = this.options.runtime.elapsed();
      if (positionOf(last) > this.end.value) this.end.advance(positionOf(last));
    });
  }

  private resume(): void {
    if (this.subscription?.isPaused() === true && this.buffer.length < BUFFER) this.subscription.resume();
  }

  private unsubscribe(): void {
    const { subscription } = this;
    this.subscription = undefined;
    this.subscribed = false;
    this.ended.abort();
    if (subscription === undefined) return;
    void subscription.unsubscribe().catch(() => undefined);
    subscription.destroy();
  }
}
