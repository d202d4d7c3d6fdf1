import { Gate, type Runtime, type WaitOptions } from '#runtime';
import { isBusy } from '#sqlite';
import { asSqliteError } from './failure.js';

/** How often the file is asked for appends of other processes, in milliseconds. */
export interface PollBounds {
  /** The interval while appends continue. */
  readonly busy: number;
  /** The interval after a while without an append. */
  readonly idle: number;
}

/** The number of polls without a new event after which polls become rarer. */
const BUSY_POLLS = 20;

/**
 * The head of the log, and callers that wait until it reaches a sequence. `advance` reports appends of this process. For appends of other
 * processes one timer reads the file, only while somebody waits.
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

  /** As `EventLog.reached`, but throws the errors of SQLite. */
  reached(sequence: number, options: WaitOptions): Promise<boolean> {
    // A wait without an end, such as a subscriber's, does not read the file: the timer reads it for all of them. The head may also decrease, if
    // somebody has removed events from the file.
    if (!this.polling || options.timeout < Infinity) this.gate.advance(this.head());
    if (this.gate.value >= sequence) return Promise.resolve(true);
    this.waiting += 1;
    if (!this.polling) void this.poll();
    return this.gate.reached(sequence, options).finally(() => (this.waiting -= 1));
  }

  /** This process has committed events up to the sequence. */
  advance(sequence: number): void {
    this.gate.advance(sequence);
  }

  /** Ends all waits, present and later. The file is no longer read. */
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
      this.readHead();
      quiet = this.gate.value > before ? 0 : quiet + 1;
      if (quiet === 0) interval = this.bounds.busy;
      else if (quiet > BUSY_POLLS) interval = Math.min(this.bounds.idle, interval * 1.5);
    }
    this.polling = false;
  }

  private readHead(): void {
    try {
      this.gate.advance(this.head());
    } catch (error) {
      if (!isBusy(error)) this.gate.fail(asSqliteError(error, this.file));
    }
  }
}
