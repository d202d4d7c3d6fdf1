import type { OnApplicationShutdown } from '@nestjs/common';
import type { EventLog } from '#log';
import { Gate, type Runtime, type WaitOptions } from '#runtime';
import type { Instant } from '#time';
import type { Point, Views } from '#views';

/** The longest time that a timer runs: the clock may be set meanwhile, and timers overflow after 24.8 days. */
const LONGEST_SLEEP_MS = 30_000;
/** The wait before the next attempt to seal an instant that is due: the cluster may be unreachable, or its clock behind. */
const RETRY_MS = 500;
/** Milliseconds of one wait for the views to have an event of the log. */
const VIEWS_MS = 5_000;
/** A jump of more than this ahead of the monotonic clock is not trusted. */
const MOST_AHEAD_MS = 5 * 60_000;
/** How long a jump must last before it is trusted. */
const DOUBTED_MS = 60_000;

export interface ChangeWatermarkOptions {
  /** Called once for each jump of the clock, with its length: the clock is then not trusted for a minute. */
  readonly onJump?: (milliseconds: number) => void;
}

/**
 * The watermark of the staircase of changes: the point (n, t), where the log and the views have the events up to n, and no further event is
 * recorded before t. Before that, it is not certain whether something opened at t. So an instant that is due is *sealed* in the log before
 * its changes are sent. While nobody waits for changes, nothing is sealed, and no timer runs.
 */
export class ChangeWatermark implements OnApplicationShutdown {
  private point: Point = { sequence: 0, at: 0 };
  /** Rises with each move. */
  private readonly moves: Gate;
  private waiting = 0;
  private updating: Promise<void> | undefined;
  private watching = false;
  /** The next instant that is due, as of the last update. */
  private due: Instant | undefined;
  private readonly clock: SteadyClock;

  constructor(
    private readonly runtime: Runtime,
    private readonly log: EventLog,
    private readonly views: Views,
    { onJump }: ChangeWatermarkOptions = {},
  ) {
    this.moves = new Gate(runtime);
    this.clock = new SteadyClock(runtime, onJump);
  }

  /** The last instant whose changes may have been sent. A question without `asOf` never gets an earlier instant. */
  get sentUpTo(): Instant {
    return this.point.at;
  }

  /** The age, in milliseconds, of the oldest due change that was not sent; 0 while no reader waits. */
  get overdue(): number {
    if (this.waiting === 0 || this.due === undefined) return 0;
    return Math.max(0, this.clock.now() - this.due);
  }

  /** The watermark now, after all that is due. Rejects with LogError or ViewsError. */
  async now(): Promise<Point> {
    await this.update();
    return this.point;
  }

  /** As `now`, but waits while the log or the views cannot be read. Undefined on abort. */
  async present(signal: AbortSignal): Promise<Point | undefined> {
    while (!signal.aborted) {
      try {
        return await this.now();
      } catch {
        await this.runtime.sleep(RETRY_MS, signal);
      }
    }
    return undefined;
  }

  /** The watermark, as soon as it is beyond the point; undefined after the timeout, and on abort. */
  async beyond(point: Point, { timeout, signal }: WaitOptions): Promise<Point | undefined> {
    this.waiting += 1;
    if (!this.watching) void this.watch();
    try {
      while (!isBeyond(this.point, point))
        if (!(await this.moves.reached(this.moves.value + 1, { timeout, signal }))) return undefined;
      return this.point;
    } finally {
      this.waiting -= 1;
    }
  }

  /** Ends all waits, and the timer for what is due. The streams have ended before. */
  onApplicationShutdown(): void {
    this.moves.close();
  }

  /** Updates the point whenever the log grows or an instant is due, as long as somebody waits. */
  private async watch(): Promise<void> {
    this.watching = true;
    while (this.waiting > 0 && !this.moves.closed) {
      let wait = RETRY_MS;
      try {
        await this.update();
        wait = this.untilNext();
        await this.log.reached(this.point.sequence + 1, { timeout: wait });
      } catch {
        // The log or the views cannot be read now. Their readiness says so.
        await this.runtime.sleep(wait);
      }
    }
    this.watching = false;
  }

  private untilNext(): number {
    this.due = this.views.due.next(this.point.at);
    if (this.due === undefined) return LONGEST_SLEEP_MS;
    const wait = this.due - this.clock.now();
    return wait <= 0 ? RETRY_MS : Math.min(wait, LONGEST_SLEEP_MS);
  }

  /** One update serves all callers that come before it begins. */
  private async update(): Promise<void> {
    if (this.updating) await this.updating;
    this.updating ??= this.updateNow().finally(() => (this.updating = undefined));
    await this.updating;
  }

  private async updateNow(): Promise<void> {
    let at = await this.log.sealed();
    await this.viewsCaughtUp();
    const due = this.views.due.last(at, this.clock.now());
    if (due !== undefined) at = await this.log.seal(due);
    // Events recorded before the seal belong to the staircase below it.
    const sequence = await this.viewsCaughtUp();
    this.move({ sequence: Math.max(sequence, this.point.sequence), at: Math.max(at, this.point.at) });
  }

  /** The sequence of the log, as soon as the views have it too. */
  private async viewsCaughtUp(): Promise<number> {
    const { sequence } = await this.log.head();
    await this.views.need(sequence, { timeout: VIEWS_MS });
    return sequence;
  }

  private move(point: Point): void {
    if (!isBeyond(point, this.point)) return;
    this.point = point;
    this.moves.advance(this.moves.value + 1);
  }
}

const isBeyond = (point: Point, other: Point): boolean =>
  point.sequence > other.sequence || point.at > other.at;

/**
 * The wall clock, if it can be trusted. Where it jumps ahead by more than five minutes, as after a wrong setting, time follows the
 * monotonic clock for a minute; then the jump counts. A clock that is set back is trusted immediately: changes are then late, not wrong.
 */
class SteadyClock {
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
