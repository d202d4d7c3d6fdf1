import type { Runtime } from '#runtime';
import type { Instant } from '#time';

/** A jump ahead of the monotonic clock by more than this is doubted. */
const MOST_AHEAD_MS = 5 * 60_000;
/** How long it must stay to be believed. */
const DOUBTED_MS = 60_000;

/**
 * The wall clock, as far as it can be believed. Where it jumps ahead by more than five minutes, as one that is set wrong does, time goes on by the
 * monotonic clock for a minute; then the jump counts. A clock that was set back is believed at once: what it says is late, not wrong.
 */
export class SteadyClock {
  private last: { readonly now: Instant; readonly elapsed: number };
  private doubtedSince: number | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly onJump: (milliseconds: number) => void = () => undefined,
  ) {
    this.last = { now: runtime.now(), elapsed: runtime.elapsed() };
  }

  now(): Instant {
    const [now, elapsed] = [this.runtime.now(), this.runtime.elapsed()];
    const expected = this.last.now + Math.floor(elapsed - this.last.elapsed);
    if (now - expected > MOST_AHEAD_MS) {
      if (this.doubtedSince === undefined) this.onJump(now - expected);
      this.doubtedSince ??= elapsed;
      if (elapsed - this.doubtedSince < DOUBTED_MS) return expected;
    }
    this.doubtedSince = undefined;
    this.last = { now, elapsed };
    return now;
  }
}
