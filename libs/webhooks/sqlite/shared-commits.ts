import type { Runtime } from '#runtime';
import { isBusy, retryWhileBusy, type Db } from '#sqlite';
import type { Commits, TableChange } from './commits.js';

interface Work {
  readonly run: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** Milliseconds for which a commit is retried while another process has the lock. */
const TRYING_MS = 5_000;

/** Writes to a file: all writes of one turn of the event loop share a transaction, and its fsync. */
export class SharedCommits implements Commits {
  private waiting: Work[] = [];
  private isWriting = false;
  private readonly commit: (works: readonly Work[]) => readonly (() => void)[];

  constructor(
    private readonly db: Db,
    private readonly runtime: Runtime,
  ) {
    const one = db.transaction((run: () => unknown) => run());
    const all = db.transaction((works: readonly Work[]) =>
      works.map(({ run, done, failed }) => {
        try {
          const result = one(run);
          return () => done(result);
        } catch (error) {
          if (isBusy(error)) throw error;
          return () => failed(error as Error);
        }
      }),
    );
    this.commit = (works) => all.immediate(works);
  }

  /** Resolves when the writes of the work are on disk. Rejects with the error of the work, which then has changed nothing, or of the commit. */
  write<T>({ run: work, beside }: TableChange<T>): Promise<T> {
    const run = (): T => {
      beside?.();
      return work();
    };
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run, done: (result) => resolve(result as T), failed: reject });
      if (!this.isWriting) void this.flush();
    });
  }

  /** The tables are the file that the others write. */
  refresh(): Promise<number> {
    return Promise.resolve(Number(this.db.pragma('data_version', { simple: true })));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async flush(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      await this.runtime.turn();
      const works = this.waiting;
      this.waiting = [];
      try {
        const committed = await retryWhileBusy(() => this.commit(works), {
          runtime: this.runtime,
          timeout: TRYING_MS,
        });
        for (const settle of committed) settle();
      } catch (error) {
        for (const { failed } of works) failed(error as Error);
      }
    }
    this.isWriting = false;
  }
}
