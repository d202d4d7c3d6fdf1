import type { Position } from '@kurrent/kurrentdb-client';

interface Waiting {
  readonly commit: bigint;
  readonly resolve: () => void;
}

/** How far a follower has got, and those who wait for that. */
export class Passed {
  private reached: bigint | undefined;
  private live = false;
  private readonly waiting = new Set<Waiting>();
  private untilLive: (() => void)[] = [];

  /** Everything up to the commit position has been decided. Never rejects; resolves also when the follower is stopped. */
  through(commit: bigint): Promise<void> {
    if (this.reached !== undefined && this.reached >= commit) return Promise.resolve();
    return new Promise((resolve) => this.waiting.add({ commit, resolve }));
  }

  /** Once there was nothing more to read. */
  everything(): Promise<void> {
    if (this.live) return Promise.resolve();
    return new Promise((resolve) => this.untilLive.push(resolve));
  }

  advance({ commit }: Position): void {
    this.reached = commit;
    for (const one of [...this.waiting]) {
      if (one.commit > commit) continue;
      this.waiting.delete(one);
      one.resolve();
    }
  }

  caughtUp(): void {
    this.live = true;
    for (const resolve of this.untilLive.splice(0)) resolve();
  }

  stop(): void {
    for (const { resolve } of this.waiting) resolve();
    this.waiting.clear();
    for (const resolve of this.untilLive.splice(0)) resolve();
  }
}
