import { leafHash } from '#audit';
import type { StoredTree } from '#audit/sqlite';
import { LogError, type EventLog, type RecordedEvent } from '#log';
import { auditEntryOf } from './entry.js';

/** Events a transaction: it stops the process while it runs. */
const BATCH = 1_000;

/**
 * Lets the tree follow the log, as the views do: behind the appends, not on their way. It goes on from the stored frontier,
 * so a start hashes nothing that was hashed before; several processes may follow into one file.
 */
export class TreeFollower {
  private readonly waiting = new Set<() => void>();
  private stopped = false;
  private running: Promise<void> | undefined;
  private size: number;

  constructor(
    private readonly log: EventLog,
    private readonly tree: StoredTree,
    private readonly grown: (size: number) => void,
  ) {
    this.size = tree.frontier().size;
  }

  /** Follows until stopped. Rejects where the log does, or the tree. */
  run(): Promise<void> {
    this.running ??= this.follow();
    return this.running;
  }

  /** Resolves once nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
  }

  /** Takes in what the log has, at least up to the sequence. */
  async catchUp(sequence: number): Promise<void> {
    this.size = this.tree.frontier().size;
    while (this.size < sequence && (await this.takeBatch()) > 0);
  }

  /** Whether the tree has the sequence, at the latest after `timeout` milliseconds. */
  async reached(sequence: number, timeout: number): Promise<boolean> {
    const deadline = performance.now() + timeout;
    while (this.size < sequence && !this.stopped) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await this.woken(left);
    }
    return this.size >= sequence;
  }

  private async follow(): Promise<void> {
    let news = true;
    let failure: unknown;
    const subscription = this.log.subscribe({ after: (await this.log.head()).sequence }).subscribe({
      next: () => {
        news = true;
        this.wake();
      },
      error: (error: unknown) => {
        failure = error;
        this.wake();
      },
    });
    try {
      while (!this.stopped && failure === undefined) {
        news = false;
        while (!this.stopped && (await this.takeBatch()) > 0);
        if (!news && !this.stopped && failure === undefined) await this.woken();
      }
    } finally {
      subscription.unsubscribe();
      this.stopped = true;
      this.wake();
    }
    if (failure !== undefined) throw new Error('the log cannot be followed', { cause: failure });
  }

  private async takeBatch(): Promise<number> {
    const from = this.tree.frontier().size;
    const batch: RecordedEvent[] = [];
    for await (const event of this.log.read({ after: from, limit: BATCH })) {
      if (event.sequence !== from + batch.length + 1) {
        throw new LogError('corrupt', `event @${from + batch.length + 1} is missing in the log`);
      }
      batch.push(event);
    }
    const hashes = batch.map((event) => leafHash(auditEntryOf(event)));
    this.size = batch.length === 0 ? from : this.tree.append(from, hashes);
    if (batch.length > 0) {
      this.grown(this.size);
      this.wake();
    }
    return batch.length;
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private async woken(timeout?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let wake = (): void => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.waiting.add(wake);
      if (timeout !== undefined) timer = setTimeout(resolve, timeout);
    });
    clearTimeout(timer);
    this.waiting.delete(wake);
  }
}
