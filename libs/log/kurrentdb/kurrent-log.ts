import type { KurrentDBClient, RecordedEvent as StoredRecord } from '@kurrent/kurrentdb-client';
import type { Observable } from 'rxjs';
import type { Runtime, Turnstile, WaitOptions } from '#runtime';
import { Consumer, type ConsumerStatus, type Sink } from '../consumer.js';
import { closed, LogError } from '../errors.js';
import type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  HistoryOptions,
  Lag,
  LogFilter,
  LogPage,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from '../event-log.js';
import { Replica } from '../replica/index.js';
import { serializeAll } from '../serialized-event.js';
import { Appender } from './appender.js';
import { Beats } from './beats.js';
import { ClusterStream } from './cluster-stream.js';
import { Connection } from './connection.js';
import { clientOf, type Node, type Use } from './connection-string.js';
import type { KurrentLogOptions } from './options.js';
import { contentOf, positionOf } from './record.js';
import { SharedWrites } from './shared-writes.js';
import { StreamReader } from './stream-reader.js';

/** Milliseconds before a failed attempt to follow the cluster is made again: an election takes some seconds. */
const STREAM_RETRY = { first: 50, most: 250 };
/** Milliseconds for which a start with a replica waits to catch up. */
const CATCH_UP_MS = 5_000;
/** How often a start is checked, and how often its progress is reported, in milliseconds. */
const PROGRESS_MS = 20;
const TELLING_MS = 3_000;

type InstanceOptions = KurrentLogOptions &
  Required<Pick<KurrentLogOptions, 'name' | 'timeout' | 'startTimeout'>>;

export class KurrentLog implements EventLog {
  private readonly runtime: Runtime;
  private readonly replica: Replica;
  private readonly stream: ClusterStream;
  private readonly consumer: Consumer<StoredRecord>;
  private readonly writes: SharedWrites;
  private readonly appender: Appender;
  private readonly beats: Beats;
  private readonly connections: readonly Connection[];
  private readonly underWay = new Set<Promise<unknown>>();
  /** The reason why the replica cannot apply the records of the cluster. */
  private unreadable: LogError | undefined;
  private isAway = false;
  private told = false;
  private closing: Promise<void> | undefined;

  /** Throws LogError: `invalid` for an invalid connection string, and the errors of a replica that cannot be used. */
  constructor(private readonly options: InstanceOptions) {
    const { name, runtime, timeout } = options;
    const make =
      (use: Use) =>
      (node?: Node): KurrentDBClient =>
        clientOf(options.connectionString, use, node);
    const reading = new Connection(runtime, make('reading'));
    const listening = new Connection(runtime, make('streaming'));
    const writing = new Connection(runtime, make('streaming'), true);
    void reading.client;
    this.runtime = runtime;
    this.connections = [reading, listening, writing];
    if (options.discardReplica === true) Replica.discard(options.replica);
    this.replica = Replica.open(runtime, options.replica, {
      origin: name,
      isClosed: () => this.closing !== undefined,
    });
    const age =
      this.replica.checkpoint.position > 0 ? Math.max(0, runtime.now() - this.replica.committedAt) : 0;
    const reader = new StreamReader(reading, name);
    const checkpoint = (): Replica['checkpoint'] => this.replica.checkpoint;
    this.stream = new ClusterStream({ runtime, name, reader, listening, checkpoint, age });
    this.consumer = new Consumer(runtime, this.stream, this.sink(), {
      batch: 1_000,
      retry: STREAM_RETRY,
      onStatus: (status) => this.tell(status),
    });
    this.writes = new SharedWrites(runtime, writing, name);
    this.appender = new Appender({
      runtime,
      timeout,
      replica: this.replica,
      stream: this.stream,
      writes: this.writes,
      gate: this.consumer.gate,
      wake: () => this.consumer.wake(),
      fault: () => this.fault,
    });
    this.beats = new Beats({
      runtime,
      name,
      replica: this.replica,
      stream: this.stream,
      writing,
      gate: this.consumer.gate,
      wake: () => this.consumer.wake(),
    });
    void this.consumer.run();
  }

  /**
   * Resolves when this instance has everything that the cluster has; with a replica, also where the cluster does not answer. Rejects with
   * LogError where waiting does not help, and without a replica where nothing arrives within `startTimeout`.
   */
  async started(): Promise<void> {
    const { runtime, options } = this;
    const hasReplica = this.consumer.gate.value > 0;
    const began = runtime.elapsed();
    let position = -1;
    let since = began;
    let told = began;
    while (this.consumer.status.state !== 'running') {
      if (this.fault !== undefined) throw this.fault;
      const isAway = this.consumer.status.state === 'retrying' && this.stream.failure?.code === 'unavailable';
      const now = runtime.elapsed();
      if (hasReplica && (isAway || now - began > CATCH_UP_MS)) return;
      if (this.consumer.gate.value !== position) since = now;
      position = this.consumer.gate.value;
      if (now - since > options.startTimeout) {
        throw this.stream.failure ?? new LogError('unavailable', 'The cluster does not answer');
      }
      if (now - told > TELLING_MS) {
        told = now;
        options.onProgress?.(this.replica.reader.headNow().sequence);
      }
      await runtime.sleep(PROGRESS_MS);
    }
  }

  lag(): Lag {
    const { state, reason } = this.consumer.status;
    const fault = this.fault;
    if (state === 'running' && fault === undefined) return { events: 0, seconds: 0 };
    const isAway = state === 'retrying' || fault !== undefined;
    const events = isAway ? undefined : Math.max(0, this.stream.known - this.consumer.gate.value);
    const why = fault?.message ?? reason;
    return {
      events,
      seconds: this.stream.unconfirmed / 1_000,
      ...(why === undefined ? {} : { reason: why }),
      ...(fault === undefined ? {} : { lasting: true }),
    };
  }

  async append(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    if (events.length === 0) return [];
    const expected = { ...options.expected };
    const serialized = Promise.resolve(serializeAll(this.runtime, events));
    return this.tracked(serialized.then((all) => this.appender.append({ events: all, expected })));
  }

  async preview(
    events: readonly NewEvent[],
    options: { readonly expected?: ExpectedRevisions } = {},
  ): Promise<Appended[]> {
    if (this.closing !== undefined) throw closed();
    const expected = { ...options.expected };
    return this.appender.preview({ events: await serializeAll(this.runtime, events), expected });
  }

  read(options?: ReadOptions): AsyncIterable<RecordedEvent> {
    return this.replica.reader.read(options);
  }

  history(options: HistoryOptions, take: (page: LogPage) => void | Promise<unknown>): Promise<number> {
    return this.replica.reader.history(options, take);
  }

  get turns(): Turnstile {
    return this.replica.reader.turns;
  }

  readStream(
    stream: string,
    options?: { readonly from?: number; readonly limit?: number },
  ): AsyncIterable<RecordedEvent> {
    return this.replica.reader.readStream(stream, options);
  }

  find(id: string): Promise<RecordedEvent | undefined> {
    return this.replica.reader.find(id);
  }

  subscribe(options?: { readonly after?: number; readonly filter?: LogFilter }): Observable<LogSignal> {
    return this.replica.reader.subscribe(options);
  }

  head(): Promise<Head> {
    return this.replica.reader.head();
  }

  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    return this.replica.reader.reached(sequence, options);
  }

  sequenceAt(recordedAt: number): Promise<number> {
    return this.replica.reader.sequenceAt(recordedAt);
  }

  /** Seals as far as the leader's clock has come. While the cluster cannot be reached, it seals nothing. */
  async seal(at: number): Promise<number> {
    if (this.closing !== undefined) throw closed();
    return this.tracked(this.beats.seal(at));
  }

  sealed(): Promise<number> {
    return this.replica.reader.sealed();
  }

  close(): Promise<void> {
    this.closing ??= this.shut();
    return this.closing;
  }

  /** Registers work: `close` waits for work that is under way. */
  private async tracked<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private get fault(): LogError | undefined {
    return this.unreadable ?? this.stream.fault;
  }

  private sink(): Sink<StoredRecord> {
    const { replica } = this;
    const hand = (decided: ReturnType<Replica['apply']>): void => {
      for (const one of decided) this.appender.decided(one);
    };
    return {
      get checkpoint() {
        return replica.checkpoint.position;
      },
      get position() {
        return replica.position;
      },
      apply: (records, how) => {
        const last = records.at(-1);
        if (last !== undefined) hand(this.applied(records, last, how));
      },
      commit: () => hand(replica.commit()),
    };
  }

  private applied(
    records: readonly StoredRecord[],
    last: StoredRecord,
    { more }: { readonly more: boolean },
  ): ReturnType<Replica['apply']> {
    try {
      const entries = records.flatMap(contentOf);
      const checkpoint = { position: positionOf(last), record: last.id };
      const isAwaited = (append: string): boolean => this.appender.awaits(append);
      const decided = this.replica.apply(entries, checkpoint, { more, isAwaited });
      this.unreadable = undefined;
      return decided;
    } catch (error) {
      if (error instanceof LogError && error.code === 'newer-format') this.unreadable = error;
      throw error;
    }
  }

  private tell({ state, reason }: ConsumerStatus): void {
    if (state !== 'retrying' && this.isAway) this.writes.leaderIsBack();
    this.isAway = state === 'retrying';
    if (state === 'running') this.told = false;
    if (state !== 'retrying' || this.told || this.closing !== undefined) return;
    this.told = true;
    this.options.onTrouble?.(
      this.fault ?? new LogError('unavailable', reason ?? 'The cluster cannot be reached'),
    );
  }

  private async shut(): Promise<void> {
    await Promise.allSettled([...this.underWay]);
    this.stream.close();
    await this.consumer.stop();
    await Promise.all(this.connections.map((connection) => connection.close()));
    this.replica.close();
  }
}
