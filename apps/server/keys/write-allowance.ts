import type { Runtime } from '#runtime';

const MINUTE_MS = 60_000;

/**
 * How often a key may write: so many times at once, and as many again in each minute, evenly. A batch is one write. Kept in
 * memory, for keys that exist: there are few.
 */
export class WriteAllowance {
  /** By the id of a key: what was left, and when. */
  private readonly left = new Map<string, { readonly writes: number; readonly at: number }>();

  constructor(
    /** 0: no limit. */
    private readonly perMinute: number,
    private readonly runtime: Runtime,
  ) {}

  /** Takes one write of the key. Answers 0; or, having taken none, in how many milliseconds there is one. */
  take(key: string): number {
    if (this.perMinute === 0) return 0;
    const at = this.runtime.elapsed();
    const before = this.left.get(key) ?? { writes: this.perMinute, at };
    const refilled = ((at - before.at) * this.perMinute) / MINUTE_MS;
    const writes = Math.min(this.perMinute, before.writes + refilled);
    const taken = writes >= 1;
    this.left.set(key, { writes: taken ? writes - 1 : writes, at });
    return taken ? 0 : ((1 - writes) * MINUTE_MS) / this.perMinute;
  }
}
