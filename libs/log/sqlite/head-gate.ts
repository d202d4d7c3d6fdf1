import { Gate, type Runtime, type WaitOptions } from '#runtime';
import { asSqliteError, isBusy } from './failure.js';

/** How often the file is asked for appends of other processes, in milliseconds. */
export interface PollBounds {
  /** While they keep coming. */
  readonly busy: number;
  /** After a while without any. */
  readonly idle: number;
}

/** After so many polls without a new event, polls become rarer. */
const BUSY_POLLS = 20;

/**
 * The head of the log, and those who wait for it to reach a sequence. Appends of this process are known at once. The file is asked for
 * those of other processes, by one timer, and only while somebody waits.
 */
export class HeadGate {
  private readonly gate: Gate;
  private waiting = 0;
  private polling = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly file: string,
    private readonly head: () => number,
    private readonly bounds: PollBounds,
  ) {
    this.gate = new Gate(runtime);
  }

  /** As `EventLog.reached`, but that it throws what SQLite throws. */
  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    // The head may also fall: where somebody has taken events out of the file.
    this.gate.advance(this.head());
    if (this.gate.value >= sequence) return Promise.resolve(true);
    this.waiting += 1;
    if (!this.polling) void this.poll();
    return this.gate.reached(sequence, options).finally(() => (this.waiting -= 1));
  }

  /** This process has committed events up to the sequence. */
  advance(sequence: number): void {
    this.gate.advance(sequence);
  }

  /** Nobody waits any more, now or later. The file is not read any more. */
  close(): void {
    this.gate.close();
  }

  private async poll(): Promise<void> {
    this.polling = true;
    let interval = this.bounds.busy;
    let quiet = 0;
    while (this.waiting > 0) {
      await this.runtime.sleep(interval);
      if (this.gate.closed) break;
      const before = this.gate.value;
      this.look();
      quiet = this.gate.value > before ? 0 : quiet + 1;
      if (quiet === 0) interval = this.bounds.busy;
      else if (quiet > BUSY_POLLS) interval = Math.min(this.bounds.idle, interval * 1.5);
    }
    this.polling = false;
  }

  private look(): void {
    try {
      this.gate.advance(this.head());
    } catch (error) {
      if (!isBusy(error)) this.gate.fail(asSqliteError(error, this.file));
    }
  }
}
