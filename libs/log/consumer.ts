import { backoff, Gate, type BackoffBounds, type Runtime, type WaitOptions } from '#runtime';
import type { EventLog, RecordedEvent } from './event-log.js';
import { reasonOf } from './reason.js';

/** The source of a consumer: a log, or the stream of a cluster. Positions are dense, from 1. */
export interface ConsumerSource<E> {
  /** The next events after the position, in order, `limit` at most; an empty list at the head. */
  after(position: number, limit: number): Promise<readonly E[]>;
  /** The last position. */
  head(): Promise<number>;
  /** Waits until the source has the position. False where it did not reach the position in time. */
  reached(position: number, options: WaitOptions): Promise<boolean>;
}

/** The target of a consumer. */
export interface Sink<E> {
  /**
   * Everything up to this position is committed: others see it, and a restart continues from here. Stored in the same transaction as the result of
   * the events.
   */
  readonly checkpoint: number;
  /** The last applied position, which may not be committed yet; the checkpoint where absent. */
  readonly position?: number;
  /**
   * Applies the events after the position. With `more` to come, it may leave the commit to a later call. Where it throws, nothing of the batch is
   * applied, and the next batch begins after the position.
   */
  apply(batch: readonly E[], how: { readonly more: boolean }): void | Promise<void>;
  /** Commits the uncommitted result of `apply`. */
  commit?(): void;
}

export interface ConsumerStatus {
  /**
   * - `catchingUp`: far from the head, or not yet there since the start;
   * - `running`: at the head, or a moment behind;
   * - `retrying`: the last attempt failed, and there was no progress since;
   * - `stopped`: by its owner. Nothing else ends it.
   */
  readonly state: 'catchingUp' | 'running' | 'retrying' | 'stopped';
  /** The checkpoint. */
  readonly sequence: number;
  /** The failures in a row, while retrying; 0 otherwise. */
  readonly failures: number;
  /** All failures of this consumer. Each was followed by a retry. */
  readonly failuresInAll: number;
  /** While retrying: why the last attempt failed, for a person to read. */
  readonly reason?: string;
  /** While retrying: when the first attempt of the row failed, in milliseconds since the epoch. */
  readonly since?: number;
  /** While retrying: when the next attempt is due, in milliseconds since the epoch. */
  readonly nextTry?: number;
}

export interface ConsumerOptions {
  /** The number of events in a batch (default 500: a few thousand would outlive the young generation). */
  readonly batch?: number;
  /** Events behind the head at which the sink may let batches share commits (default 10,000). */
  readonly farBehind?: number;
  /** Milliseconds for which batches share a commit while more events are to come and nobody waits (default 0). */
  readonly commitWithin?: number;
  /** Milliseconds to pause after reaching the head, so that later events share a commit (default 0). `wake` ends the pause. */
  readonly rest?: number;
  /** Milliseconds before a failed attempt is made again (default `RETRY`). */
  readonly retry?: BackoffBounds;
  /** Called after every batch, and whenever the state changes. */
  readonly onStatus?: (status: ConsumerStatus) => void;
}

/** A consumer that runs, in this thread or another, and that callers can wait for. */
export interface RunningConsumer<S extends ConsumerStatus = ConsumerStatus> {
  /** Its value is the checkpoint. Closed once it is stopped. */
  readonly gate: Gate;
  readonly status: S;
  /** Call it when somebody waits: the consumer reads its source now. Does not shorten the wait after a failure. */
  wake(): void;
  /** Stops the consumer. Resolves when no work is under way. */
  stop(): Promise<void>;
}

/** Milliseconds before a failed attempt is made again. */
export const RETRY: BackoffBounds = { first: 100, most: 10_000 };
/** Milliseconds after which a consumer reads its source again, also without a call of `wake`. */
const POLL_MS = 10_000;

/** A row of failures: their number, the last reason, the first time, and the time of the next attempt. */
export class Failures {
  private row: Required<Pick<ConsumerStatus, 'failures' | 'reason' | 'since' | 'nextTry'>> | undefined;
  private total = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly bounds: BackoffBounds = RETRY,
  ) {}

  /** Returns the milliseconds to wait before the next attempt. */
  add(error: unknown): number {
    const failures = (this.row?.failures ?? 0) + 1;
    const now = this.runtime.now();
    const wait = backoff(this.runtime, failures, this.bounds);
    this.total += 1;
    this.row = {
      failures,
      reason: reasonOf(error),
      since: this.row?.since ?? now,
      nextTry: now + Math.round(wait),
    };
    return wait;
  }

  /** An attempt has succeeded: the row of failures has ended. */
  clear(): void {
    this.row = undefined;
  }

  /** The members of a status that depend on failures; `state`: the state without failures. */
  status(state: ConsumerStatus['state']): Omit<ConsumerStatus, 'sequence'> {
    const failuresInAll = this.total;
    if (this.row === undefined || state === 'stopped') return { state, failures: 0, failuresInAll };
    return { state: 'retrying', failuresInAll, ...this.row };
  }
}

/**
 * Applies the events of a source to a sink, from the sink's checkpoint on, in order. An attempt that fails, for any reason, is repeated, after
 * longer and longer waits, until the consumer is stopped.
 */
export class Consumer<E> implements RunningConsumer {
  readonly gate: Gate;
  private readonly failures: Failures;
  private readonly ended = new AbortController();
  /** Ends the wait for more. */
  private pause = new AbortController();
  private woken = false;
  private state: 'catchingUp' | 'running' = 'catchingUp';
  private running: Promise<void> | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly source: ConsumerSource<E>,
    private readonly sink: Sink<E>,
    private readonly options: ConsumerOptions = {},
  ) {
    this.gate = new Gate(runtime, sink.checkpoint);
    this.failures = new Failures(runtime, options.retry);
  }

  get status(): ConsumerStatus {
    const state = this.stopped ? 'stopped' : this.state;
    return { sequence: this.gate.value, ...this.failures.status(state) };
  }

  /** Runs until it is stopped. Never rejects. */
  run(): Promise<void> {
    this.running ??= this.keepRunning();
    return this.running;
  }

  /** Applies the present events of the source, once. Rejects at the first failure. Not for a consumer that runs. */
  async catchUp(): Promise<void> {
    await this.takeUpTo(await this.source.head());
  }

  wake(): void {
    this.woken = true;
    this.pause.abort();
  }

  async stop(): Promise<void> {
    this.ended.abort();
    this.pause.abort();
    await this.running;
    this.gate.close();
    this.report();
  }

  private get stopped(): boolean {
    return this.ended.signal.aborted;
  }

  private get position(): number {
    return this.sink.position ?? this.sink.checkpoint;
  }

  private async keepRunning(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.takeAll();
      } catch (error) {
        const wait = this.failures.add(error);
        this.report();
        await this.runtime.sleep(wait, this.ended.signal);
      }
    }
  }

  private async takeAll(): Promise<void> {
    while (!this.stopped) {
      const isAwaited = this.woken;
      this.woken = false;
      await this.takeUpTo(await this.source.head(), isAwaited);
      if (this.stopped) return;
      this.atHead();
      await this.untilMore();
    }
  }

  private async takeUpTo(head: number, isAwaited = false): Promise<void> {
    const { batch = 500, farBehind = 10_000 } = this.options;
    const commitWithin = isAwaited ? 0 : (this.options.commitWithin ?? 0);
    const isSoon = (since: number): boolean => this.runtime.elapsed() - since < commitWithin && !this.woken;
    let begun = this.runtime.elapsed();
    try {
      while (this.position < head && !this.stopped) {
        const events = await this.source.after(this.position, batch);
        if (events.length === 0)
          throw new Error(`@${this.position + 1} cannot be read, although the log ends at @${head}`);
        const isFar = head - this.position > farBehind;
        if (isFar) this.state = 'catchingUp';
        const more = isFar || (head - this.position > events.length && isSoon(begun));
        await this.sink.apply(events, { more });
        if (!more) begun = this.runtime.elapsed();
        this.advance();
        await this.runtime.turn();
      }
    } finally {
      this.sink.commit?.();
      // The checkpoint of the sink may have risen: by another process, or by this commit.
      if (this.sink.checkpoint !== this.gate.value) this.advance();
    }
  }

  private advance(): void {
    const { checkpoint } = this.sink;
    // Uncommitted events are no progress: on a full disk the commit fails.
    if (checkpoint > this.gate.value) this.failures.clear();
    this.gate.advance(checkpoint);
    this.report();
  }

  private atHead(): void {
    const before = this.status.state;
    this.state = 'running';
    this.failures.clear();
    if (before !== 'running') this.report();
  }

  private async untilMore(): Promise<void> {
    if (this.woken || this.stopped) return;
    this.pause = new AbortController();
    const { signal } = this.pause;
    const { rest = 0 } = this.options;
    if (rest > 0) await this.runtime.sleep(rest, signal);
    if (!signal.aborted) await this.source.reached(this.position + 1, { timeout: POLL_MS, signal });
  }

  private report(): void {
    this.options.onStatus?.(this.status);
  }
}

/** A log as a source. */
export function logSource(log: Pick<EventLog, 'read' | 'head' | 'reached'>): ConsumerSource<RecordedEvent> {
  return {
    async after(position, limit) {
      const events: RecordedEvent[] = [];
      for await (const event of log.read({ after: position, limit })) events.push(event);
      return events;
    },
    head: async () => (await log.head()).sequence,
    reached: (sequence, options) => log.reached(sequence, options),
  };
}
