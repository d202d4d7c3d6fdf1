import type { ServerResponse } from 'node:http';
import { Subscription } from 'rxjs';
import type { EventLog, LogSignal, RecordedEvent } from '#log';
import { toCloudEvent } from './cloud-event.js';
import type { EventFilter } from './event-filter.js';

/** Bytes that may wait for a slow reader. Beyond, nothing is read from the log until all of them have gone. */
const MOST_WAITING = 256 * 1024;
const HEARTBEAT_MS = 15_000;
/** How long a reader has to take what was written before the end. */
const LAST_WORDS_MS = 1_000;

const message = (id: number, type: string, data: unknown): Buffer =>
  Buffer.from(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

/** Events with the bytes that they were last sent as: those who are live are given the same event, and share its message. */
const messages = new WeakMap<RecordedEvent, Buffer>();

function messageOf(event: RecordedEvent): Buffer {
  const known = messages.get(event);
  if (known !== undefined) return known;
  const made = message(event.sequence, event.type, toCloudEvent(event));
  messages.set(event, made);
  return made;
}

/**
 * Writes the events after a sequence to a response whose head has been sent, as Server-Sent Events (HTML §9.2), for as long
 * as the reader stays. Each event once and in order; a slow reader is caught up from the log, with bounded memory.
 */
export class EventStream {
  /** What has been written, or passed over, so far. */
  private last: number;
  private live = new Subscription();
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
    void this.follow();
  }

  /** Ends the response after what was written; cuts it short where the reader does not take that soon. Idempotent. */
  close(): void {
    clearInterval(this.heartbeat);
    this.live.unsubscribe();
    if (!this.open) return;
    this.response.end();
    const cut = setTimeout(() => this.response.destroy(), LAST_WORDS_MS);
    this.response.once('close', () => clearTimeout(cut));
  }

  private get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** History at the reader's pace, then live until the reader falls behind, and so on. */
  private async follow(): Promise<void> {
    try {
      while (this.open) {
        await this.readHistory();
        await this.listen();
        await this.drained();
      }
    } catch (error) {
      if (this.open) this.onError(error);
    }
    this.close();
  }

  private async readHistory(): Promise<void> {
    const { sequence: head } = await this.log.head();
    for await (const event of this.log.read({ after: this.last, filter: this.filter.log })) {
      this.take(event);
      if (this.isBehind) await this.drained();
      if (!this.open) return;
    }
    this.last = Math.max(this.last, head);
  }

  /** Resolves when the reader has fallen behind or gone, or the log has been closed. */
  private listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      const live = new Subscription(resolve);
      this.live = live;
      if (!this.open) live.unsubscribe();
      const next = (signal: LogSignal): void => {
        if (live.closed) return;
        if (signal.kind === 'event') this.take(signal.event);
        else if (signal.kind === 'caughtUp') this.tellCaughtUp(signal.sequence);
        else this.untold = true;
        if (this.isBehind) live.unsubscribe();
      };
      const complete = (): void => {
        this.close();
        live.unsubscribe();
      };
      live.add(
        this.log
          .subscribe({ after: this.last, filter: this.filter.log })
          .subscribe({ next, error: reject, complete }),
      );
    });
  }

  private take(event: RecordedEvent): void {
    this.last = event.sequence;
    if (this.open && this.filter.wants(event)) this.response.write(messageOf(event));
  }

  private tellCaughtUp(sequence: number): void {
    this.last = Math.max(this.last, sequence);
    if (this.untold) this.response.write(message(this.last, 'caught-up', { sequence: this.last }));
    this.untold = false;
  }

  private get isBehind(): boolean {
    return this.response.writableLength > MOST_WAITING;
  }

  /** When all that was written has gone out, or the reader has. */
  private async drained(): Promise<void> {
    if (!this.open || !this.response.writableNeedDrain) return;
    this.untold = true;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.response.off('drain', done).off('close', done);
        resolve();
      };
      this.response.on('drain', done).on('close', done);
    });
  }

  private beat(): void {
    if (this.open && !this.response.writableNeedDrain) this.response.write(':\n\n');
  }
}
