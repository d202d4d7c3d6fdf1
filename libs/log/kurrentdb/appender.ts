import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, answerTo, type Decision } from '../decide.js';
import { LogError } from '../errors.js';
import type { Appended, ExpectedRevisions } from '../event-log.js';
import type { SerializedEvent } from '../serialized-event.js';
import type { Replica } from '../sqlite/replica.js';
import { backoff } from './backoff.js';
import { lookAhead, type Ahead } from './cluster.js';
import type { Connection } from './connection.js';
import { judge } from './failure.js';
import type { Follower } from './follower.js';
import { proposed } from './record.js';
import { SharedLook } from './shared-look.js';
import { Slots } from './slots.js';
import { anyWithin, within } from './within.js';
import { write, type StreamWrite } from './write.js';

export interface Appending {
  readonly connection: Connection;
  readonly replica: Replica;
  readonly follower: Follower;
  readonly prefix: string;
  /** How long an append may take, in milliseconds. */
  readonly patience: number;
}

/**
 * Writes under way at once. Few enough that the client never has to queue them: where a connection breaks, what it has queued is
 * rejected with nobody listening.
 */
const AT_ONCE = 8;
/** How much of its time an append gives to one call, so that another can follow. */
const ONE_CALL = 0.4;
/** How much of it the follower has to pass what the cluster says is written, before that is looked for. */
const PASSING = 0.2;

type Accepted = Extract<Decision, { readonly kind: 'accepted' }>;

/** An append on its way. */
interface Attempt {
  readonly batch: string;
  readonly events: readonly SerializedEvent[];
  readonly expected: ExpectedRevisions;
  readonly deadline: number;
  /** What the log had of it when it was last looked at. */
  found: Accepted['known'];
  decided: Decision | undefined;
  /** Resolves when `decided` is there. */
  readonly settled: Promise<void>;
  /** Whether the follower has had, since the append began, all that the leader had. */
  synced: boolean;
  /** Whether a write may have gone in although nobody said so. */
  unsure: boolean;
  writes: number;
}

/**
 * Writes appends, and answers what the follower has decided about them. What may have been written is looked for in the cluster before it
 * is written again; and should it turn up twice, the follower takes it once.
 */
export class Appender {
  private readonly waiting = new Map<string, (decided: Decision) => void>();
  private readonly slots = new Slots(AT_ONCE);
  private readonly looks: SharedLook<Ahead>;

  constructor(private readonly parts: Appending) {
    const { connection, follower, patience, prefix } = parts;
    this.looks = new SharedLook(() =>
      connection.call(patience * ONE_CALL, (client) => lookAhead(client, prefix, follower.position)),
    );
  }

  /** The follower has decided on the append. */
  decided(batch: string, decided: Decision): void {
    this.waiting.get(batch)?.(decided);
  }

  /** Rejects with LogError. */
  async append(events: readonly SerializedEvent[], expected: ExpectedRevisions): Promise<Appended[]> {
    const attempt = this.begin(events, expected);
    try {
      for (let failures = 0; ; failures += 1) {
        const fresh = freshOf(attempt, await this.survey(attempt));
        if (attempt.decided !== undefined || fresh.length === 0) return answer(attempt);
        await this.write(attempt, fresh);
        if (attempt.decided !== undefined) return answer(attempt);
        await anyWithin(Math.min(backoff(failures), left(attempt)), attempt.settled);
        if (left(attempt) === 0) throw tooLate(attempt);
      }
    } finally {
      this.waiting.delete(attempt.batch);
    }
  }

  /** What `append` would answer now. Rejects with LogError. */
  async preview(events: readonly SerializedEvent[], expected: ExpectedRevisions): Promise<Appended[]> {
    const attempt = this.begin(events, expected);
    try {
      return (await this.survey(attempt))?.answer ?? [];
    } finally {
      this.waiting.delete(attempt.batch);
    }
  }

  private begin(events: readonly SerializedEvent[], expected: ExpectedRevisions): Attempt {
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const attempt: Attempt = {
      batch: randomUUID(),
      events,
      expected,
      deadline: performance.now() + this.parts.patience,
      found: new Map(),
      decided: undefined,
      settled,
      synced: false,
      unsure: false,
      writes: 0,
    };
    this.waiting.set(attempt.batch, (decided) => {
      attempt.decided ??= decided;
      settle();
    });
    return attempt;
  }

  /**
   * What the append would become; undefined where it is decided already. A revision is never refused before the follower has what the cluster has: what was
   * acknowledged elsewhere a moment ago counts.
   */
  private async survey(attempt: Attempt): Promise<Accepted | undefined> {
    for (;;) {
      if (attempt.decided !== undefined) return undefined;
      const decision = this.parts.replica.decide(attempt, Date.now());
      if (decision.kind === 'accepted') {
        attempt.found = decision.known;
        return decision;
      }
      if (!isEarly(attempt, decision.error)) throw decision.error;
      if (!(await this.sync(attempt))) throw tooLate(attempt);
    }
  }

  /** Writes what the log does not have, and waits until the follower has decided on it, or has nothing of it to decide on. */
  private async write(attempt: Attempt, fresh: readonly SerializedEvent[]): Promise<void> {
    const writes = this.writesOf(attempt, fresh);
    try {
      const commit = await this.slots.hold(() =>
        this.parts.connection.call(this.parts.patience * ONE_CALL, (client) => write(client, writes)),
      );
      attempt.unsure = true;
      const passed = commit === undefined ? [] : [this.parts.follower.passed.through(commit)];
      await anyWithin(this.parts.patience * PASSING, attempt.settled, ...passed);
    } catch (error) {
      const judgement = judge(error);
      if (judgement.kind === 'refused' && !isEarly(attempt, judgement.error)) throw judgement.error;
      if (judgement.kind === 'again') return;
      attempt.unsure ||= judgement.kind === 'unknown';
    }
    if (attempt.decided === undefined && !(await this.sync(attempt))) throw tooLate(attempt);
  }

  /** A write a stream, in the order in which they first occur; the first attempt under the events' own ids. */
  private writesOf(attempt: Attempt, fresh: readonly SerializedEvent[]): StreamWrite[] {
    const { batch, expected } = attempt;
    const first = attempt.writes === 0;
    attempt.writes += 1;
    const writes = new Map<string, StreamWrite>();
    let index = 0;
    for (const event of fresh) {
      const { stream } = event;
      let there = writes.get(stream);
      if (there === undefined) {
        const known = Object.hasOwn(expected, stream) ? this.parts.replica.engineRevision(stream) : undefined;
        there = { streamName: this.parts.prefix + stream, events: [], expected: known };
        writes.set(stream, there);
      }
      there.events.push(proposed(event, { batch, index, count: fresh.length }, expected, first));
      index += 1;
    }
    return [...writes.values()];
  }

  /**
   * Waits until the follower has passed everything that the leader has now; the append among it, where it is there. False where that
   * did not come about in the time that the append has left.
   */
  private async sync(attempt: Attempt): Promise<boolean> {
    const { follower } = this.parts;
    for (let failures = 0; left(attempt) > 0; failures += 1) {
      try {
        const { commit, more } = await within(left(attempt), this.looks.ask());
        const passed = commit === undefined ? Promise.resolve() : follower.passed.through(commit);
        if (!(await anyWithin(left(attempt), passed))) return false;
        if (!more) return (attempt.synced = true);
      } catch {
        await pause(Math.min(backoff(failures), left(attempt)));
      }
    }
    return false;
  }
}

/** What the log does not have, each id once; as it was sent, for its numbers are given when the cluster has ordered it. */
function freshOf({ events }: Attempt, accepted: Accepted | undefined): readonly SerializedEvent[] {
  const fresh = new Set(accepted?.events.map(({ id }) => id));
  return events.filter(({ id }) => fresh.delete(id));
}

/** A refusal that may rest on what this instance does not know yet: what of the append is there already, where its streams are. */
const isEarly = ({ synced }: Attempt, error: unknown): boolean =>
  !synced && error instanceof LogError && (error.code === 'wrong-revision' || error.code === 'unsupported');

/** Throws LogError where the follower has refused it. */
function answer({ events, found, decided }: Attempt): Appended[] {
  const written = new Map(decided && answerOf(decided).map((appended) => [appended.id, appended]));
  const before = new Map([...found].filter(([id]) => !written.has(id)));
  return answerTo(events, before, written);
}

/** Milliseconds; 0 where its time is up. */
const left = ({ deadline }: Attempt): number => Math.max(0, deadline - performance.now());

function tooLate({ unsure }: Attempt): LogError {
  const said = unsure
    ? 'The cluster has not confirmed the append in time; it may have gone in, and may be sent again'
    : 'The cluster has not taken the append in time; nothing was written';
  return new LogError('unavailable', said);
}
