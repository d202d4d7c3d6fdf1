import type { Hash } from '#audit';
import type { StoredTree } from '#audit/sqlite';
import { LogError, type EventLog } from '#log';
import { auditLeafOf } from './entry.js';

/** Events a transaction: it stops the thread while it runs. */
const BATCH = 1_000;

/** How often the log is looked at, in milliseconds: what comes meanwhile shares a transaction. */
const INTERVAL_MS = 50;

/**
 * Lets the tree follow the log, behind the appends and not on their way. It goes on from the stored frontier, so a start
 * hashes nothing that was hashed before; several processes may follow into one file.
 */
export class TreeFollower {
  private stopped = false;
  private hurried = false;
  private wake: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private told: number | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly tree: StoredTree,
    /** Told the size of the tree after the first look at the log, and whenever it changes. */
    private readonly onSize: (size: number) => void,
  ) {}

  /** Follows until stopped. Rejects where the log does, or the tree. */
  run(): Promise<void> {
    this.running ??= this.follow();
    return this.running;
  }

  /** Somebody waits: the log is looked at now. */
  hurry(): void {
    this.hurried = true;
    this.wake?.();
  }

  /** Resolves once nothing is under way any more; rejects where `run` does. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.running;
  }

  /** Takes in what the log has, at least up to the sequence, for as long as `timeout` milliseconds. */
  async catchUp(sequence: number, timeout = Infinity): Promise<void> {
    const deadline = performance.now() + timeout;
    while (this.tree.frontier().size < sequence && performance.now() < deadline) {
      if ((await this.takeBatch()) === 0) return;
    }
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      this.hurried = false;
      if ((await this.takeBatch()) < BATCH) await this.pause();
    }
  }

  /** Answers how many events were taken in. */
  private async takeBatch(): Promise<number> {
    const from = this.tree.frontier().size;
    const leaves: Hash[] = [];
    const { sequence: head } = await this.log.head();
    if (head > from) {
      for await (const event of this.log.read({ after: from, limit: BATCH })) {
        const due = from + leaves.length + 1;
        if (event.sequence !== due) throw new LogError('corrupt', `event @${due} is missing in the log`);
        leaves.push(auditLeafOf(event));
      }
    }
    const size = leaves.length === 0 ? from : this.tree.append(from, leaves);
    // It may also be another process that made it grow.
    if (size !== this.told) this.onSize(size);
    this.told = size;
    return leaves.length;
  }

  private async pause(): Promise<void> {
    if (this.stopped || this.hurried) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, INTERVAL_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = undefined;
  }
}
