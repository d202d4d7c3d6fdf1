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
  /** Of the stream: that of the log. */
  readonly name: string;
  readonly reader: StreamReader;
  /** For the subscription. */
  readonly listening: Connection;
  /** How far the replica is. */
  readonly checkpoint: () => ReplicaCheckpoint;
  /** Milliseconds for which the replica may have been without what the leader had when it was opened. */
  readonly age: number;
}

/** Milliseconds without a record after which the leader is asked what it has: so long does a leader hang unnoticed. */
const SILENCE_MS = 1_000;
/** Milliseconds for which the leader has to say that the stream is not the one it was. */
const DOUBT_MS = 2_500;
/** Milliseconds after which the stream's settings are looked at again. */
const SETTINGS_MS = 10_000;
/** Records held at most before the subscription has to wait. */
const BUFFER = 4_000;
/** Records that the subscription has yet to send, from which on they are read instead. */
const FAR = 50;
/** Records read at a time. */
const PAGE = 1_000;

/**
 * The stream of the log in the cluster, as the source of a replica. Positions are revisions plus one. New records come by a
 * subscription; what that does not bring is read in pages. Records are told apart by their revision alone, so what `caughtUp` and
 * `fellBehind` would say does not matter, nor how often a subscription ends and begins.
 */
export class ClusterStream implements ConsumerSource<RecordedEvent> {
  /** How many records the stream is known to have. */
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

  /** How many records there are, as far as is known. */
  get known(): number {
    return this.end.value;
  }

  /** Milliseconds since the replica last had everything that the leader had; by `elapsed`. */
  get unconfirmed(): number {
    return this.options.runtime.elapsed() - this.confirmedAt;
  }

  /** Why the leader cannot be read, as it was last tried. */
  get failure(): LogError | undefined {
    return this.failing?.error;
  }

  /**
   * What waiting does not mend: credentials, or a stream that is another one or not whole. The latter counts when it has been so for a
   * while, for a leader that has been deposed may not know yet.
   */
  get fault(): LogError | undefined {
    if (this.failing === undefined) return undefined;
    const { error, since } = this.failing;
    if (error.code === 'unavailable') return error.cause instanceof AccessDeniedError ? error : undefined;
    return this.options.runtime.elapsed() - since > DOUBT_MS ? error : undefined;
  }

  /** Somebody knows that the stream has so many records. */
  expect(position: number): void {
    if (position > this.end.value) this.end.advance(position);
  }

  /** What the subscription has brought, or else what the leader has. Rejects with LogError. */
  async head(): Promise<number> {
    return this.subscribed ? this.end.value : this.atLeader();
  }

  async after(position: number, limit: number): Promise<readonly RecordedEvent[]> {
    const first = this.buffer.findIndex((record) => positionOf(record) > position);
    if (first < 0) this.buffer = [];
    else if (first > 0) this.buffer.splice(0, first);
    const here = withoutGap(this.buffer, position);
    // Many are read faster than they are sent one by one.
    const isFar = this.end.value - position > this.buffer.length + FAR;
    const records =
      here > 0 && !isFar ? this.buffer.splice(0, Math.min(here, limit)) : await this.page(position, limit);
    this.resume();
    return records;
  }

  /** Whether there is more than the replica has, or the subscription has ended. Rejects with LogError where the leader does not answer. */
  async reached(position: number, { timeout, signal }: WaitOptions): Promise<boolean> {
    const { runtime } = this.options;
    const deadline = runtime.elapsed() + timeout;
    // The replica has all that was known a moment ago.
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
      // What the leader had at the last look should be here by now: the subscription is stuck.
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
   * How many records the leader has. Checks that the stream is the one that the replica has begun, and whole. Those who ask while a look is
   * under way share the next one. Rejects with LogError.
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

  /** Throws LogError `corrupt` where the stream is another one than before, or not whole. */
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
    // Its failure counts where the page is asked for.
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

  /** Records that come together are announced together. */
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
