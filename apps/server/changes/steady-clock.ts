import type { Runtime } from '#runtime';
import type { Instant } from '#time';

/** A jump of more than this ahead of the monotonic clock is not trusted. */
const MOST_AHEAD_MS = 5 * 60_000;
/** How long a jump must last before it is trusted. */
const DOUBTED_MS = 60_000;

/**
 * The wall clock, if it can be trusted. Where it jumps ahead by more than five minutes, as after a wrong setting, time follows the
 * monotonic clock for a minute; then the jump counts. A clock that is set back is trusted immediately: changes are then late, not wrong.
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
