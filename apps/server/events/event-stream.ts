import type { ServerResponse } from 'node:http';
import { Subscription } from 'rxjs';
import type { EventLog, LogSignal } from '#log';
import { toCloudEvent } from './cloud-event.js';
import type { EventFilter } from './event-filter.js';

/** Bytes that may wait for a slow reader. Beyond, nothing is read from the log until all of them have gone. */
const MOST_WAITING = 256 * 1024;
const HEARTBEAT_MS = 15_000;
/** How long a reader has to take what was written before the end. */
const LAST_WORDS_MS = 1_000;

/**
 * Writes the events after a sequence to a response whose head has been sent, as Server-Sent Events (HTML §9.2), for as long
 * as the reader stays. Each event once and in order; a slow reader is caught up from the log, with bounded memory.
 */
export class EventStream {
  /** What has been written, or passed over, so far. */
  private last: number;
  private following = new Subscription();
  /** The reader is to be told when it has caught up. */
  private untold = true;
  private readonly heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);

  constructor(
    private readonly log: EventLog,
    private readonly response: ServerResponse,
    private readonly filter: EventFilter,
    after: number,
    private readonly onError: (error: unknown) => void,
  ) {
    this.last = after;
    response.once('close', () => this.close());
    response.write('retry: 1000\n\n');
    this.follow();
  }

  /** Ends the response after what has been written to it; cuts it short where the reader does not take that soon. Idempotent. */
  close(): void {
    clearInterval(this.heartbeat);
    this.following.unsubscribe();
    if (!this.open) return;
    this.response.end();
    const cut = setTimeout(() => this.response.destroy(), LAST_WORDS_MS);
    this.response.once('close', () => clearTimeout(cut));
  }

  private get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  private follow(): void {
    const following = new Subscription();
    this.following = following;
    following.add(
      this.log.subscribe({ after: this.last, filter: this.filter.log }).subscribe({
        next: (signal) => {
          if (!following.closed && this.open) this.take(signal);
        },
        error: (error: unknown) => {
          this.onError(error);
          this.close();
        },
        complete: () => this.close(),
      }),
    );
  }

  private take(signal: LogSignal): void {
    if (signal.kind === 'fellBehind') {
      this.untold = true;
    } else if (signal.kind === 'caughtUp') {
      this.last = Math.max(this.last, signal.sequence);
      if (this.untold) this.write('caught-up', { sequence: this.last });
      this.untold = false;
    } else {
      const { event } = signal;
      this.last = event.sequence;
      if (this.filter.wants(event)) this.write(event.type, toCloudEvent(event));
    }
  }

  private write(type: string, data: unknown): void {
    this.response.write(`id: ${this.last}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    if (this.response.writableLength > MOST_WAITING) this.pause();
  }

  private pause(): void {
    this.following.unsubscribe();
    this.untold = true;
    this.response.once('drain', () => {
      if (this.open) this.follow();
    });
  }

  private beat(): void {
    if (this.open && !this.response.writableNeedDrain) this.response.write(':\n\n');
  }
}
