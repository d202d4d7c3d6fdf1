import { backoff, type Gate, type Runtime } from '#runtime';
import { answerOf, type Append, type AppendDecision } from '../decide.js';
import { LogError } from '../errors.js';
import type { Appended } from '../event-log.js';
import type { Decided, Replica } from '../replica/index.js';
import { after, BEGUN, type Attempt, type StepOutcome } from './attempt.js';
import type { ClusterStream } from './cluster-stream.js';
import { asClusterError } from './failure.js';
import { eventsToWrite, type EventToWrite } from './record.js';
import type { SharedWrites } from './shared-writes.js';

export interface AppenderOptions {
  readonly runtime: Runtime;
  readonly replica: Replica;
  readonly stream: ClusterStream;
  readonly writes: SharedWrites;
  /** Its value is the position of the replica. */
  readonly gate: Gate;
  /** Lets the replica read the stream now. */
  readonly wake: () => void;
  /** The reason why no append can succeed, also later. */
  readonly fault: () => LogError | undefined;
  /** Milliseconds that an append may take. */
  readonly timeout: number;
}

/** Milliseconds for the first write of an append: enough for a busy leader, and short enough to notice a leader that hangs. */
const WRITE_MS = 3_000;
/** Milliseconds for the subscription to deliver a written record, before the stream is read. */
const ARRIVAL_MS = 500;
const ATTEMPT_RETRY = { first: 30, most: 250 };

/** A caller that waits for an append. */
interface AppendCaller {
  readonly append: Append;
  readonly deadline: number;
  /** The id of the append in the stream. */
  id: string;
  /** The events as they are written; made at the first write, and again for a new id. */
  toWrite: readonly EventToWrite[] | undefined;
  decision: AppendDecision | undefined;
  /** Fulfilled when the append is decided, or its time is up. */
  readonly over: Promise<void>;
  readonly end: () => void;
}

/**
 * Writes appends to the stream, and answers with the decisions of the replica. `attempt.ts` has the order of the steps. A second copy of an
 * append changes nothing.
 */
export class Appender {
  private readonly callers = new Map<string, AppendCaller>();
  /** The callers in the order in which their time is up. */
  private readonly inOrder = new Set<AppendCaller>();
  private isTiming = false;
  /** Waits for the replica, by position: all appends in a write share one wait. */
  private readonly arrivals = new Map<number, Promise<boolean>>();

  constructor(private readonly options: AppenderOptions) {}

  /** Whether a caller waits for the decision. */
  awaits(append: string): boolean {
    return this.callers.has(append);
  }

  /** Call it when the replica has decided an append. */
  decided({ append, decision }: Decided): void {
    const caller = this.callers.get(append);
    if (caller === undefined || caller.decision !== undefined) return;
    caller.decision = decision;
    caller.end();
  }

  /** Rejects with LogError. */
  async append(append: Append): Promise<Appended[]> {
    const caller = this.begin(append);
    try {
      let attempt = BEGUN;
      while (caller.decision === undefined) {
        const outcome = await this.step(caller, attempt);
        if (outcome !== undefined) attempt = after(attempt, outcome);
        else if (!this.isDecided(caller, attempt)) throw this.tooLate(attempt);
      }
      return answerOf(caller.decision);
    } finally {
      this.forget(caller);
    }
  }

  /** The answer that `append` would give now. Rejects with LogError. */
  async preview(append: Append): Promise<Appended[]> {
    const { replica, runtime } = this.options;
    const caller = this.begin(append);
    try {
      let outcome = this.decide(caller, BEGUN);
      if (outcome?.kind === 'maybe-behind') {
        outcome = await this.sync(caller, BEGUN);
        if (outcome === undefined) throw this.tooLate(BEGUN);
      }
      return answerOf(caller.decision ?? replica.decide(append, runtime.now()));
    } finally {
      this.forget(caller);
    }
  }

  private begin(append: Append): AppendCaller {
    const { runtime, timeout } = this.options;
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const deadline = runtime.elapsed() + timeout;
    const caller: AppendCaller = {
      append,
      deadline,
      id: runtime.id(),
      toWrite: undefined,
      decision: undefined,
      over,
      end,
    };
    this.callers.set(caller.id, caller);
    this.inOrder.add(caller);
    if (!this.isTiming) void this.time();
    return caller;
  }

  private forget(caller: AppendCaller): void {
    this.callers.delete(caller.id);
    this.inOrder.delete(caller);
  }

  private rename(caller: AppendCaller): void {
    this.callers.delete(caller.id);
    caller.id = this.options.runtime.id();
    caller.toWrite = undefined;
    this.callers.set(caller.id, caller);
  }

  /** Ends the appends whose time is up, by one timer. */
  private async time(): Promise<void> {
    this.isTiming = true;
    for (const caller of this.inOrder) {
      await this.options.runtime.sleep(this.left(caller));
      caller.end();
    }
    this.isTiming = false;
  }

  /** Whether the append is decided; it asks the replica once more. */
  private isDecided(caller: AppendCaller, attempt: Attempt): boolean {
    if (caller.decision === undefined) this.decide(caller, attempt);
    return caller.decision !== undefined;
  }

  /** Undefined where the append is decided, or its time is up. Rejects with LogError. */
  private async step(caller: AppendCaller, attempt: Attempt): Promise<StepOutcome | undefined> {
    const { next } = attempt;
    switch (next.kind) {
      case 'decide':
        if (next.newId) this.rename(caller);
        return this.decide(caller, attempt);
      case 'sync':
        return this.sync(caller, attempt);
      case 'write':
        return this.write(caller, next.from, attempt.failures);
      case 'arrive':
        return this.arrive(caller, next.position);
      case 'rest':
        return this.rest(caller, attempt.failures);
    }
  }

  /** Decides the append if that needs no write: everything is in the log already, or the append is refused. */
  private decide(caller: AppendCaller, { synced }: Attempt): StepOutcome | undefined {
    const { replica, runtime, stream } = this.options;
    this.refuseWhereFaulty();
    const decision = replica.decide(caller.append, runtime.now());
    if (decision.kind === 'accepted' && decision.events.length > 0) {
      if (this.left(caller) === 0) return undefined;
      if (stream.failure !== undefined) return { kind: 'leader-away' };
      return { kind: 'to-be-written', from: replica.received(caller.id) };
    }
    if (decision.kind === 'refused' && decision.error.code === 'wrong-revision' && !synced)
      return { kind: 'maybe-behind' };
    caller.decision = decision;
    return undefined;
  }

  /** Writes as many events as fit into one write. Rejects with LogError where it is refused. */
  private async write(
    caller: AppendCaller,
    from: number,
    failures: number,
  ): Promise<StepOutcome | undefined> {
    const { stream, writes } = this.options;
    const [section, ...more] = writes.sections(this.toWrite(caller).slice(from));
    if (section === undefined) return { kind: 'passed' };
    const timeout = Math.min(WRITE_MS * 2 ** failures, this.left(caller));
    const written = await this.unlessOver(caller, writes.write(section, timeout));
    if (written?.kind === 'refused') throw written.error;
    if (written?.kind === 'written') stream.expect(written.position);
    if (written?.kind !== 'written' || more.length === 0) return written;
    return { kind: 'partly-written', from: from + section.events.length };
  }

  private toWrite(caller: AppendCaller): readonly EventToWrite[] {
    return (caller.toWrite ??= eventsToWrite(caller.id, caller.append));
  }

  private async arrive(caller: AppendCaller, position: number): Promise<StepOutcome | undefined> {
    const passed = await this.unlessOver(caller, this.arrival(position));
    if (passed === false) this.options.wake();
    return passed === undefined ? undefined : { kind: passed ? 'passed' : 'late' };
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

  /** Waits until the replica has all present records of the leader. Rejects with LogError where that takes longer than the time of the append. */
  private async sync(caller: AppendCaller, attempt: Attempt): Promise<StepOutcome | undefined> {
    const { runtime, stream, gate, wake } = this.options;
    let last: unknown;
    for (let failures = 1; caller.decision === undefined; failures += 1) {
      if (this.left(caller) === 0) throw this.tooLate(attempt, last);
      try {
        const end = await this.unlessOver(caller, stream.atLeader());
        wake();
        if (end === undefined) continue;
        const reached = gate.reached(end, { timeout: this.left(caller) });
        if ((await this.unlessOver(caller, reached)) === true) return { kind: 'synced' };
      } catch (error) {
        last = error;
        this.refuseWhereFaulty();
        await this.unlessOver(caller, runtime.sleep(backoff(runtime, failures, ATTEMPT_RETRY)));
      }
    }
    return undefined;
  }

  private async rest(caller: AppendCaller, failures: number): Promise<StepOutcome | undefined> {
    const { runtime } = this.options;
    const slept = runtime
      .sleep(backoff(runtime, failures, ATTEMPT_RETRY))
      .then((): StepOutcome => ({ kind: 'rested' }));
    return this.unlessOver(caller, slept);
  }

  /** Throws LogError. */
  private refuseWhereFaulty(): void {
    const fault = this.options.fault();
    if (fault !== undefined) throw new LogError('unavailable', fault.message, { cause: fault });
  }

  /** Undefined if the append is decided earlier, or its time is up. */
  private unlessOver<T>({ over }: AppendCaller, work: Promise<T>): Promise<T | undefined> {
    return Promise.race([work, over.then(() => undefined)]);
  }

  /** Milliseconds; 0 where its time is up. */
  private left({ deadline }: AppendCaller): number {
    return Math.max(0, deadline - this.options.runtime.elapsed());
  }

  private tooLate({ unsure }: Attempt, cause?: unknown): LogError {
    const said = unsure
      ? 'The cluster has not confirmed the append in time. It may be stored; it is safe to send it again'
      : 'The cluster has not accepted the append in time; nothing was stored';
    return new LogError('unavailable', said, {
      cause: cause === undefined ? undefined : asClusterError(cause),
    });
  }
}
