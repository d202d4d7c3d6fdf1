import type { Observable } from 'rxjs';
import type { Lane, Turnstile, WaitOptions } from '#runtime';
import type { LogError } from './errors.js';

/** An event as an argument of the log. The log does not interpret `payload`. */
export interface NewEvent {
  /** The idempotency key; unique in the whole log. */
  readonly id: string;
  /** `category-id`, such as `crossing-lt-by.medininkai`. The category has no dash. */
  readonly stream: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** JSON. Two appends of one id are the same event iff type, stream, schemaVersion and payload are deeply equal. */
  readonly payload: unknown;
  /** JSON that is stored beside the payload (who recorded the event…); not compared. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * When it was recorded, in milliseconds since the epoch, for events of another log: a restore, a copy. Absent: now. If the event before it was
   * recorded later, it gets that event's time. Not compared.
   */
  readonly recordedAt?: number;
}

export interface RecordedEvent extends NewEvent {
  /** Global order: dense, from 1. */
  readonly sequence: number;
  /** Order within the stream: dense, from 0. */
  readonly revision: number;
  /** Milliseconds since the epoch; never smaller than at an earlier sequence. */
  readonly recordedAt: number;
}

/** The answer to an append: one entry for each event, in the given order. */
export interface Appended {
  readonly id: string;
  readonly sequence: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: number;
  /** The log had the same event already; the entry is the entry of the first append. */
  readonly duplicate?: true;
}

/** The revision that a stream must have for an append: the revision of its last event, or -1 if it must not exist. */
export type ExpectedRevisions = Readonly<Record<string, number>>;

/** Selects events. Without members it selects all; every member that is present must match; of several values of a member, one must match. */
export interface LogFilter {
  readonly types?: readonly string[];
  readonly streams?: readonly string[];
  readonly categories?: readonly string[];
}

export interface ReadOptions {
  /** Exclusive. Forwards: sequences greater than it (default 0); backwards: smaller than it (default: the head + 1). */
  readonly after?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
  readonly filter?: LogFilter;
}

/** Consecutive events of the log that match a filter. Readers share the page and must not change it. */
export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** The last sequence that the page covers; the next page begins after it. */
  readonly through: number;
}

export interface HistoryOptions {
  /** Exclusive; default 0. */
  readonly after?: number;
  /** Inclusive; default: the head. */
  readonly through?: number;
  readonly filter?: LogFilter;
  /** Default: `streams`. */
  readonly lane?: Lane;
  /** Ends the reading, as when the client disconnects. */
  readonly signal?: AbortSignal | undefined;
}

export type LogSignal =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Everything up to `sequence` has been delivered; later events are new. Sent each time the subscriber reaches the head. */
  | { readonly kind: 'caughtUp'; readonly sequence: number }
  /** The subscriber is again more than a page behind the head. */
  | { readonly kind: 'fellBehind'; readonly sequence: number };

export interface Head {
  /** 0 for an empty log. */
  readonly sequence: number;
  /** Of the last event; 0 for an empty log. */
  readonly recordedAt: number;
}

/** The distance of a handle from the log. */
export interface Lag {
  /** The least number of events that the handle lacks. Undefined where the log does not answer. */
  readonly events: number | undefined;
  /** An upper bound of the seconds since the handle last had all events; 0 while it has them. */
  readonly seconds: number;
  /** Why the log does not answer, for a person to read. */
  readonly reason?: string;
  /** Waiting does not help: the log refuses this handle, is another log, or is not complete. The events of the handle may be wrong. */
  readonly lasting?: boolean;
}

/**
 * The only source of truth. Every engine passes `contractSuite`.
 *
 * Guarantees: an append that resolves is durable (fsynced); it is all or nothing, across streams; it is idempotent by event id; sequences
 * are dense and in commit order; `recordedAt` never decreases; a subscription delivers every event once, in order, appends of other
 * processes included. Another handle shows an append immediately or a moment later, never in another order.
 */
export interface EventLog {
  /**
   * Rejects with LogError: `wrong-revision`, `id-conflict`, `too-large`, `invalid`, `unavailable`. A retry gets its first answer: if the log has
   * every event of the append already, the expected revisions do not count. `decide.ts` has the rules.
   */
  append(
    events: readonly NewEvent[],
    options?: { readonly expected?: ExpectedRevisions },
  ): Promise<Appended[]>;
  /**
   * The answer that `append` would give now, without writing: entries that are not duplicates would be new. Rejects as `append` does. Another
   * append may come in between, so the numbers are not promised.
   */
  preview(
    events: readonly NewEvent[],
    options?: { readonly expected?: ExpectedRevisions },
  ): Promise<Appended[]>;
  read(options?: ReadOptions): AsyncIterable<RecordedEvent>;
  /**
   * Calls `take` with everything up to the head, or to `through`, a page at a time. Readers of history take turns, so this is for callers that
   * read much and can wait. The work of `take` before its first wait is part of the turn and must be short; the next page follows when its
   * promise is fulfilled. Readers at the same sequence get the same page. Resolves to the last sequence covered. Rejects with LogError, with the
   * reason of the signal after an abort, and with the error of `take`.
   */
  history(options: HistoryOptions, take: (page: LogPage) => void | Promise<unknown>): Promise<number>;
  /** Forwards from revision `from` (inclusive, default 0). */
  readStream(
    stream: string,
    options?: { readonly from?: number; readonly limit?: number },
  ): AsyncIterable<RecordedEvent>;
  /** By id; undefined where there is none. */
  find(id: string): Promise<RecordedEvent | undefined>;
  /**
   * For a program that embeds the log and reacts to single events. Cold: each subscriber starts after its own `after`, and has at most a page of
   * events in memory. Completes when the log is closed; errors with LogError. Subscribers share the objects and must not change them.
   *
   * The server does not use it, because its readers pull a page at a time: a stream reads the next page (`history`, then `reached`) when its
   * client has room, and a `Consumer` when the last batch is applied.
   */
  subscribe(options?: { readonly after?: number; readonly filter?: LogFilter }): Observable<LogSignal>;
  head(): Promise<Head>;
  /**
   * Waits until the log has the sequence. True as soon as the log has it: immediately for appends through this handle, by polling for
   * appends of others. False after the timeout, on abort, and where the log is closed meanwhile. Rejects with LogError where the log cannot
   * be read.
   */
  reached(sequence: number, options: WaitOptions): Promise<boolean>;
  /** The greatest sequence recorded at or before the instant (milliseconds); 0 where there is none. */
  sequenceAt(recordedAt: number): Promise<number>;
  /**
   * Ends the past up to an instant: from then on no process records an event before this instant, also where the clock is set back.
   * Durable. Resolves to the sealed instant: later than the argument where there was a later seal or event, and earlier where the engine
   * cannot seal so far yet. Rejects with LogError.
   */
  seal(at: number): Promise<number>;
  /** The sealed instant, before which nothing is recorded any more, as this handle knows it; 0 for an empty log. Rejects with LogError. */
  sealed(): Promise<number>;
  /** Readers of history take turns here, and so does other long work on the same thread. */
  readonly turns: Turnstile;
  /** Absent where a handle always has the whole log, as in SQLite. */
  lag?(): Lag;
  /**
   * Why the log could not store the last append. Undefined where it could, and as soon as it can again: after a failure it tries a small write when
   * it is asked, once a second at most. Absent in a cluster, whose failures are in `lag`.
   */
  unwritable?(): LogError | undefined;
  /** Appends under way are still committed; everything else is `unavailable` from now on. */
  close(): Promise<void>;
}
