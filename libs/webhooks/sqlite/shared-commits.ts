import type Database from 'better-sqlite3';
import type { Runtime } from '#runtime';
import type { Commits, TableChange } from './commits.js';
import { isTaken } from './webhook-file.js';

interface Work {
  readonly run: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** Milliseconds for which a commit is retried while another process has the lock, and the longest pause in between. */
const TRYING_MS = 5_000;
const PAUSE_MS = 10;

/** Writes to a file: all writes of one turn of the event loop share a transaction, and its fsync. */
export class SharedCommits implements Commits {
  private waiting: Work[] = [];
  private isBusy = false;
  private readonly commit: (works: readonly Work[]) => readonly (() => void)[];

  constructor(
    private readonly db: Database.Database,
    private readonly runtime: Runtime,
  ) {
    const one = db.transaction((run: () => unknown) => run());
    const all = db.transaction((works: readonly Work[]) =>
      works.map(({ run, done, failed }) => {
        try {
          const result = one(run);
          return () => done(result);
        } catch (error) {
          if (isTaken(error)) throw error;
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
      if (!this.isBusy) void this.flush();
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
    this.isBusy = true;
    while (this.waiting.length > 0) {
      await this.runtime.turn();
      const works = this.waiting;
      this.waiting = [];
      try {
        for (const settle of await this.committed(works)) settle();
      } catch (error) {
        for (const { failed } of works) failed(error as Error);
      }
    }
    this.isBusy = false;
  }

  private async committed(works: readonly Work[]): Promise<readonly (() => void)[]> {
    const end = this.runtime.elapsed() + TRYING_MS;
    for (;;) {
      try {
        return this.commit(works);
      } catch (error) {
        if (!isTaken(error) || this.runtime.elapsed() >= end) throw error;
      }
      await this.runtime.sleep(this.runtime.random() * PAUSE_MS);
    }
  }
}
