import { backoff, type Gate, type Runtime } from '#runtime';
import { answerOf, type Append, type AppendDecision } from '../decide.js';
import { LogError } from '../errors.js';
import type { Appended } from '../event-log.js';
import type { Decided, Replica } from '../sqlite/replica.js';
import type { ClusterStream } from './cluster-stream.js';
import { asClusterError } from './failure.js';
import { recordsOf } from './record.js';
import type { SharedWrites } from './shared-writes.js';

export interface AppenderOptions {
  readonly runtime: Runtime;
  readonly replica: Replica;
  readonly stream: ClusterStream;
  readonly writes: SharedWrites;
  /** Its value is the position of the replica. */
  readonly gate: Gate;
  /** The replica looks at the stream now. */
  readonly wake: () => void;
  /** Why nothing can be appended, however long one waits. */
  readonly fault: () => LogError | undefined;
  /** Milliseconds that an append may take. */
  readonly timeout: number;
}

/** Milliseconds that a write has, the first time: long enough for a busy leader, short enough to notice one that hangs. */
const WRITE_MS = 3_000;
/** Milliseconds that the subscription has to bring what is written, before the stream is read. */
const ARRIVAL_MS = 500;
const RETRY = { first: 30, most: 250 };

/** An append on its way. */
interface Attempt {
  readonly append: Append;
  readonly deadline: number;
  id: string;
  decision: AppendDecision | undefined;
  /** Fulfilled when it is decided, or its time is up. */
  readonly over: Promise<void>;
  readonly end: () => void;
  /** Whether the replica has had, since the append began, all that the leader had. */
  synced: boolean;
  /** Whether a write may have gone in that nobody has confirmed. */
  unsure: boolean;
  failures: number;
}

/**
 * Writes appends to the stream, and answers what the replica decides about them. Where the outcome of a write is unknown, the stream is
 * read up to its end before anything is written again. A second copy of an append changes nothing.
 */
export class Appender {
  private readonly waiting = new Map<string, Attempt>();
  /** The one that began first is the first whose time is up. */
  private readonly attempts = new Set<Attempt>();
  private isTiming = false;
  /** Waits for the replica, by position: all appends of a write share one. */
  private readonly arrivals = new Map<number, Promise<boolean>>();

  constructor(private readonly options: AppenderOptions) {}

  /** The replica has decided. */
  decided({ append, decision }: Decided): void {
    const attempt = this.waiting.get(append);
    if (attempt === undefined || attempt.decision !== undefined) return;
    attempt.decision = decision;
    attempt.end();
  }

  /** Rejects with LogError. */
  async append(append: Append): Promise<Appended[]> {
    const attempt = this.begin(append);
    try {
      for (;;) {
        const decision = attempt.decision ?? (await this.known(attempt));
        if (decision !== undefined) return answerOf(decision);
        if (this.left(attempt) === 0) throw this.tooLate(attempt);
        await this.write(attempt);
      }
    } finally {
      this.forget(attempt);
    }
  }

  /** What `append` would answer now. Rejects with LogError. */
  async preview(append: Append): Promise<Appended[]> {
    const { replica, runtime } = this.options;
    const attempt = this.begin(append);
    try {
      return answerOf((await this.known(attempt)) ?? replica.decide(append, runtime.now()));
    } finally {
      this.forget(attempt);
    }
  }

  private begin(append: Append): Attempt {
    const { runtime, timeout } = this.options;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const attempt: Attempt = {
      append,
      deadline: runtime.elapsed() + timeout,
      id: runtime.id(),
      decision: undefined,
      over,
      end,
      synced: false,
      unsure: false,
      failures: 0,
    };
    this.waiting.set(attempt.id, attempt);
    this.attempts.add(attempt);
    if (!this.isTiming) void this.time();
    return attempt;
  }

  private forget(attempt: Attempt): void {
    this.waiting.delete(attempt.id);
    this.attempts.delete(attempt);
  }

  /** Ends attempts whose time is up, by one timer. */
  private async time(): Promise<void> {
    this.isTiming = true;
    for (const attempt of this.attempts) {
      await this.options.runtime.sleep(this.left(attempt));
      attempt.end();
    }
    this.isTiming = false;
  }

  /**
   * The answer that needs no write: everything is in the log already, or the append is refused. It is never refused before the replica has
   * what the leader has, for what another instance has acknowledged a moment ago counts.
   */
  private async known(attempt: Attempt): Promise<AppendDecision | undefined> {
    const { replica, runtime } = this.options;
    for (;;) {
      this.refuseWhereFaulty();
      const decision = replica.decide(attempt.append, runtime.now());
      if (decision.kind === 'accepted') return decision.events.length === 0 ? decision : undefined;
      if (attempt.synced || decision.error.code !== 'wrong-revision') return decision;
      await this.sync(attempt);
      if (attempt.decision !== undefined) return attempt.decision;
    }
  }

  /** Writes what of the append is not there. Afterwards it is decided, or nothing of it is under way. Rejects with LogError. */
  private async write(attempt: Attempt): Promise<void> {
    const { replica, stream, writes } = this.options;
    // A leader that cannot be read takes nothing either; what is sent to one that hangs only waits.
    if (stream.failure !== undefined) await this.sync(attempt);
    if (attempt.decision !== undefined) return;
    const records = recordsOf(attempt.id, attempt.append);
    let from = replica.received(attempt.id);
    for (const section of writes.sections(records.slice(from))) {
      const timeout = Math.min(WRITE_MS * 2 ** attempt.failures, this.left(attempt));
      const written = await this.unlessDecided(attempt, writes.write(section, timeout));
      if (written === undefined) return;
      from += section.records.length;
      switch (written.kind) {
        case 'written':
          if (from === records.length) return this.arrives(attempt, written.position);
          stream.expect(written.position);
          attempt.unsure = true;
          break;
        case 'too-large':
          return this.begunAnew(attempt);
        case 'again':
          return this.rest(attempt);
        case 'unknown':
          attempt.unsure = true;
          attempt.failures += 1;
          return this.sync(attempt);
        case 'refused':
          throw written.error;
      }
    }
  }

  /** Waits until the replica has passed the position; the append is decided then, unless the replica has forgotten its first events. */
  private async arrives(attempt: Attempt, position: number): Promise<void> {
    attempt.unsure = true;
    if ((await this.unlessDecided(attempt, this.arrival(position))) === true) return this.begunAnew(attempt);
    if (attempt.decision !== undefined) return;
    this.options.wake();
    await this.sync(attempt);
    if (attempt.decision === undefined) this.begunAnew(attempt);
  }

  private arrival(position: number): Promise<boolean> {
    const there = this.arrivals.get(position);
    if (there !== undefined) return there;
    const arrival = this.options.gate
      .reached(position, { timeout: ARRIVAL_MS })
      .finally(() => this.arrivals.delete(position));
    this.arrivals.set(position, arrival);
    return arrival;
  }

  /** Under a new id, where nothing of the append is decided or kept. */
  private begunAnew(attempt: Attempt): void {
    if (attempt.decision !== undefined) return;
    this.waiting.delete(attempt.id);
    attempt.id = this.options.runtime.id();
    this.waiting.set(attempt.id, attempt);
  }

  /**
   * Waits until the replica has what the leader has now, or the append is decided. Rejects with LogError where that does not come about in
   * the time that the append has left.
   */
  private async sync(attempt: Attempt): Promise<void> {
    const { runtime, stream, gate, wake } = this.options;
    let last: unknown;
    for (let failures = 1; attempt.decision === undefined; failures += 1) {
      if (this.left(attempt) === 0) throw this.tooLate(attempt, last);
      try {
        const end = await this.unlessDecided(attempt, stream.atLeader());
        wake();
        if (end === undefined) continue;
        const reached = gate.reached(end, { timeout: this.left(attempt) });
        if ((await this.unlessDecided(attempt, reached)) === true) {
          attempt.synced = true;
          return;
        }
      } catch (error) {
        last = error;
        this.refuseWhereFaulty();
        await this.unlessDecided(attempt, runtime.sleep(backoff(runtime, failures, RETRY)));
      }
    }
  }

  /** Throws LogError. */
  private refuseWhereFaulty(): void {
    const fault = this.options.fault();
    if (fault !== undefined) throw new LogError('unavailable', fault.message, { cause: fault });
  }

  private async rest(attempt: Attempt): Promise<void> {
    const { runtime } = this.options;
    if (this.left(attempt) === 0) throw this.tooLate(attempt);
    attempt.failures += 1;
    await this.unlessDecided(attempt, runtime.sleep(backoff(runtime, attempt.failures, RETRY)));
  }

  /** Undefined where the append is decided before, or its time is up. */
  private unlessDecided<T>({ over }: Attempt, work: Promise<T>): Promise<T | undefined> {
    return Promise.race([work, over.then(() => undefined)]);
  }

  /** Milliseconds; 0 where its time is up. */
  private left({ deadline }: Attempt): number {
    return Math.max(0, deadline - this.options.runtime.elapsed());
  }

  private tooLate({ unsure }: Attempt, cause?: unknown): LogError {
    const said = unsure
      ? 'The cluster has not confirmed the append in time; it may have gone in, and may be sent again'
      : 'The cluster has not taken the append in time; nothing was written';
    return new LogError('unavailable', said, {
      cause: cause === undefined ? undefined : asClusterError(cause),
    });
  }
}
