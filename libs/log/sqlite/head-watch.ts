import { isBusy } from './failure.js';

/** How often the file is asked for appends of other processes, in milliseconds. */
export interface PollBounds {
  /** While they keep coming. */
  readonly busy: number;
  /** After a while without any. */
  readonly idle: number;
}

/** So many polls without news, and they become rarer. */
const PATIENT_POLLS = 20;

/**
 * Wakes those who wait for the log to grow: at once where this process appended, and by asking the file where another may
 * have. One timer a log, and only while somebody follows it.
 */
export class HeadWatch {
  private known = 0;
  private followers = 0;
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private quiet = 0;
  private interval: number;

  constructor(
    private readonly head: () => number,
    private readonly bounds: PollBounds,
  ) {
    this.interval = bounds.busy;
  }

  /** Polls until the answer is called. */
  follow(): () => void {
    this.followers += 1;
    if (this.timer === undefined && this.known < Infinity) this.schedule();
    let following = true;
    return () => {
      if (!following) return;
      following = false;
      this.followers -= 1;
      if (this.followers === 0) this.stop();
    };
  }

  /** Resolves when the head may be beyond the sequence, or the log is closed, or the release handed to `onWait` is called. */
  beyond(sequence: number, onWait: (release: () => void) => void): Promise<void> {
    if (this.known > sequence) return Promise.resolve();
    return new Promise((resolve) => {
      const release = (): void => {
        this.waiting.delete(release);
        resolve();
      };
      this.waiting.add(release);
      onWait(release);
    });
  }

  /** The log has grown. */
  advance(sequence: number): void {
    if (sequence <= this.known) return;
    this.known = sequence;
    this.wakeAll();
  }

  /** Nothing was found beyond: what the file has now counts, also where somebody has taken events out of it. */
  recheck(): void {
    if (this.known < Infinity) this.known = this.head();
  }

  /** Nobody waits any more, now or later. */
  close(): void {
    this.stop();
    this.known = Infinity;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const release of [...this.waiting]) release();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.interval = this.bounds.busy;
    this.quiet = 0;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.poll();
      this.schedule();
    }, this.interval).unref();
  }

  private poll(): void {
    const before = this.known;
    try {
      this.advance(this.head());
    } catch (error) {
      // Whoever waits reads for itself, and meets the failure there.
      if (!isBusy(error)) this.wakeAll();
    }
    this.quiet = this.known > before ? 0 : this.quiet + 1;
    if (this.quiet === 0) this.interval = this.bounds.busy;
    else if (this.quiet > PATIENT_POLLS) this.interval = Math.min(this.bounds.idle, this.interval * 1.5);
  }
}
