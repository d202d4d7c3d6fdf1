import type { StoredTree } from '#audit/sqlite';
import type { EventLog } from '#log';
import { TreeFollower } from './tree-follower.js';
import { hasTreeThread, TreeThread, type Followed } from './tree-thread.js';

export interface GrowingOptions {
  /** For a thread of its own; absent, or where there is none to start, the tree grows in this one. */
  readonly followed?: Followed;
  /** The thread crashed, and is started again after so many milliseconds. */
  readonly onCrash: (error: unknown, again: number) => void;
  /** Growing in this thread, it can follow no more. */
  readonly onFailure: (error: unknown) => void;
}

/** The tree as it follows the log, in whatever thread, and those who wait for it. */
export class GrowingTree {
  private readonly here: TreeFollower;
  private thread: TreeThread | undefined;
  private readonly waiting = new Set<{ readonly sequence: number; readonly wake: () => void }>();
  private size: number;
  private ended = false;

  constructor(
    private readonly log: EventLog,
    tree: StoredTree,
    private readonly grown: (size: number) => void,
  ) {
    this.size = tree.frontier().size;
    this.here = new TreeFollower(log, tree, (size) => this.hasSize(size));
  }

  /** Whether it follows: not where it failed, and not after a crash until it goes on. */
  get follows(): boolean {
    return !this.ended && this.thread?.healthy !== false;
  }

  /** From now on, until stopped. */
  follow({ followed, onCrash, onFailure }: GrowingOptions): void {
    if (followed !== undefined && hasTreeThread()) {
      this.thread = new TreeThread(followed, (size) => this.hasSize(size), { onCrash });
      return;
    }
    this.here.run().catch((error: unknown) => {
      this.end();
      onFailure(error);
    });
  }

  /** Takes in what the log has, at least up to the sequence, before it is followed. */
  catchUp(sequence: number): Promise<void> {
    return this.here.catchUp(sequence);
  }

  /** Whether the tree has the sequence, at the latest after `timeout` milliseconds. */
  async reached(sequence: number, timeout: number): Promise<boolean> {
    if (this.size >= sequence || this.ended) return this.size >= sequence;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        resolve();
      };
      const waiter = { sequence, wake };
      const timer = setTimeout(wake, timeout);
      this.waiting.add(waiter);
      (this.thread ?? this.here).hurry();
    });
    return this.size >= sequence;
  }

  /** Takes in what the log still has, for as long as `timeout` milliseconds. Nothing is under way any more then. */
  async stop(timeout: number): Promise<void> {
    await (this.thread ?? this.here).stop().catch(() => undefined);
    await this.log
      .head()
      .then(({ sequence }) => this.here.catchUp(sequence, timeout))
      .catch(() => undefined);
    this.end();
  }

  private hasSize(size: number): void {
    const before = this.size;
    this.size = size;
    for (const { sequence, wake } of [...this.waiting]) if (sequence <= size) wake();
    if (size !== before) this.grown(size);
  }

  private end(): void {
    this.ended = true;
    for (const { wake } of [...this.waiting]) wake();
  }
}
