import type { Payload } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import type { FollowedFile, SetAside } from './sqlite/followed-file.js';

/** As much of a log as is followed. */
export type FollowedLog = Pick<EventLog, 'read' | 'find' | 'head' | 'subscribe'>;

export interface FollowerOptions {
  /** Events taken in at a time (default 500: those of a few thousand would outlive the young generation). */
  readonly batch?: number;
  /** Events behind the head at which batches begin to share commits (default 10,000). */
  readonly farBehind?: number;
  readonly onSetAside?: (event: SetAside) => void;
  /** After every batch. */
  readonly onProgress?: (sequence: number) => void;
}

/**
 * Follows the log into a file. The checkpoint is stored in the transaction that stores what follows from the events, so that
 * every one counts exactly once, wherever it was stopped. An event that throws is set aside, loudly, and does not hold up
 * the others.
 */
export class Follower {
  private readonly waiting = new Set<{ sequence: number; resolve: () => void }>();
  private wake: (() => void) | undefined;
  private stirred = false;
  private stopped = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly log: FollowedLog,
    private readonly database: FollowedFile,
    private readonly options: FollowerOptions = {},
  ) {}

  get sequence(): number {
    return this.database.checkpoint;
  }

  /** Follows until stopped. Rejects where the log does. */
  run(): Promise<void> {
    this.running ??= this.follow();
    return this.running;
  }

  /** Resolves once nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.stir();
    await this.running;
  }

  /** Follows up to what is the head when it is asked. */
  async catchUp(): Promise<void> {
    const { sequence } = await this.log.head();
    const { farBehind = 10_000 } = this.options;
    this.tellWaiting();
    try {
      while (this.sequence < sequence && !this.stopped)
        await this.applyBatch({ more: sequence - this.sequence > farBehind });
    } finally {
      this.database.commit();
    }
  }

  /** Whether the views have the sequence, at the latest after `timeout` milliseconds. */
  async reached(sequence: number, timeout: number): Promise<boolean> {
    if (this.sequence >= sequence) return true;
    let timer: NodeJS.Timeout | undefined;
    const waiter = { sequence, resolve: (): void => undefined };
    const reached = new Promise<void>((resolve) => (waiter.resolve = resolve));
    const timedOut = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeout)));
    this.waiting.add(waiter);
    await Promise.race([reached, timedOut]);
    clearTimeout(timer);
    this.waiting.delete(waiter);
    return this.sequence >= sequence;
  }

  private async follow(): Promise<void> {
    await this.catchUp();
    if (this.stopped) return;
    let failure: unknown;
    const subscription = this.log.subscribe({ after: this.sequence }).subscribe({
      next: () => this.stir(),
      error: (error: unknown) => {
        failure = error;
        this.stir();
      },
    });
    try {
      while (!this.stopped && failure === undefined) {
        this.stirred = false;
        while (!this.stopped && (await this.applyBatch()) > 0);
        if (!this.stirred && !this.stopped) await new Promise<void>((resolve) => (this.wake = resolve));
      }
    } finally {
      subscription.unsubscribe();
    }
    if (failure !== undefined && !this.stopped)
      throw new Error('the log cannot be followed', { cause: failure });
  }

  private stir(): void {
    this.stirred = true;
    this.wake?.();
    this.wake = undefined;
  }

  private async applyBatch({ more = false } = {}): Promise<number> {
    const limit = this.options.batch ?? 500;
    const batch: RecordedEvent[] = [];
    for await (const event of this.log.read({ after: this.sequence, limit })) batch.push(event);
    if (batch.length === 0) return 0;
    const setAside = this.database.apply(batch, await this.rootsOf(batch), { more });
    for (const event of setAside) this.options.onSetAside?.(event);
    this.options.onProgress?.(this.sequence);
    this.tellWaiting();
    return batch.length;
  }

  private tellWaiting(): void {
    for (const waiter of this.waiting) if (waiter.sequence <= this.sequence) waiter.resolve();
  }

  /** The developments that the corrections in a batch are, in the end, about. */
  async rootsOf(batch: readonly RecordedEvent[]): Promise<Map<string, RecordedEvent>> {
    const roots = new Map<string, RecordedEvent>();
    if (!this.database.rootIdOf) return roots;
    const targets = new Map<string, string>();
    for (const event of batch) {
      const target = targetOf(event);
      if (target !== undefined) targets.set(event.id, target);
    }
    if (targets.size === 0) return roots;
    const inBatch = new Map(batch.map((event) => [event.id, event]));
    for (const start of new Set(targets.values())) {
      let id = start;
      for (let steps = 0; targets.has(id) && steps <= MOST_STEPS; steps += 1) id = targets.get(id)!;
      id = this.database.rootIdOf(id) ?? id;
      const root = inBatch.get(id) ?? roots.get(id) ?? (await this.log.find(id));
      if (root && !isNote(root.type)) roots.set(id, root);
    }
    return roots;
  }
}

/** Longer than any lineage the projection takes. */
const MOST_STEPS = 1000;

/** What a note is about; undefined where it is no note, or one too broken to say: the projection sets that aside. */
function targetOf({ type, payload }: RecordedEvent): string | undefined {
  if (!isNote(type)) return undefined;
  const { target } = ((payload as Payload | null)?.data ?? {}) as { readonly target?: unknown };
  return typeof target === 'string' ? target : undefined;
}

function isNote(type: string): boolean {
  return type.startsWith('record.');
}
