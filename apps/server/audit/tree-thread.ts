import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Settings } from '../../settings.js';

/** What the thread is told: the data folder, absolute, and where the log is kept. */
export interface Followed extends Pick<Settings, 'log'> {
  readonly data: string;
}

/** Look at the log now, or come to an end. */
export type ToThread = 'hurry' | 'stop';
/** How many leaves the tree has: told once it has begun to follow, and whenever that changes. */
export interface FromThread {
  readonly size: number;
}

export interface ThreadOptions {
  /** Milliseconds before a thread that crashed is started again: at first, doubled each time, and at most. */
  readonly backoff?: { readonly first: number; readonly most: number };
  /** The file of the thread; that of the build where absent. */
  readonly file?: string;
  /** It crashed, and is started again after so many milliseconds. */
  readonly onCrash: (error: unknown, again: number) => void;
}

const BUILT = fileURLToPath(new URL('./tree-worker.js', import.meta.url));
const BACKOFF = { first: 1_000, most: 60_000 };
/** Megabytes for what has just been read: more of them spare no time. */
const YOUNG_MB = 8;
/** A start has better things to do, and a command that only reads is gone before. */
const QUIET_MS = 2_000;
/** How long a thread may take to end before it is cut off. */
const PATIENCE_MS = 5_000;

/** Whether there is a thread to start: not where the server runs from its sources, as it does in specs. */
export const hasTreeThread = (): boolean => existsSync(BUILT);

/**
 * Lets the tree grow in a thread of its own, which opens the log and the tree by itself: hashing does not hold up the
 * server. A thread that crashes is told of, and started again.
 */
export class TreeThread {
  private worker: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;
  private crashes = 0;
  private failure: unknown;
  private stopped = false;

  constructor(
    private readonly followed: Followed,
    private readonly onSize: (size: number) => void,
    private readonly options: ThreadOptions,
  ) {
    this.startAfter(QUIET_MS);
  }

  /** Not between a crash and the next sign of life. */
  get healthy(): boolean {
    return this.crashes === 0;
  }

  /** Somebody waits. */
  hurry(): void {
    if (this.worker !== undefined) this.worker.postMessage('hurry' satisfies ToThread);
    else if (this.crashes === 0 && !this.stopped) this.start();
  }

  /** Resolves once the thread is gone. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { worker } = this;
    if (worker === undefined) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => void worker.terminate(), PATIENCE_MS);
      worker.once('exit', () => {
        clearTimeout(late);
        resolve();
      });
      worker.postMessage('stop' satisfies ToThread);
    });
  }

  private startAfter(milliseconds: number): void {
    this.timer = setTimeout(() => this.start(), milliseconds).unref();
  }

  private start(): void {
    clearTimeout(this.timer);
    this.failure = undefined;
    const worker = new Worker(this.options.file ?? BUILT, {
      workerData: this.followed,
      name: 'tree',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.worker = worker;
    worker.on('message', ({ size }: FromThread) => {
      this.crashes = 0;
      this.onSize(size);
    });
    worker.on('error', (error) => (this.failure = error));
    worker.once('exit', () => this.ended());
    // It follows for as long as the server runs, and does not keep it running.
    worker.unref();
  }

  private ended(): void {
    this.worker = undefined;
    if (this.stopped) return;
    const { first, most } = this.options.backoff ?? BACKOFF;
    const again = Math.min(most, first * 2 ** this.crashes);
    this.crashes += 1;
    this.options.onCrash(this.failure ?? new Error('the thread of the tree ended'), again);
    this.startAfter(again);
  }
}
