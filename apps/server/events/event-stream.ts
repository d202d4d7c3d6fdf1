import type { ServerResponse } from 'node:http';
import type { Runtime } from '#runtime';
import type { EventLog, LogFilter, LogPage, RecordedEvent } from '#log';
import { drained } from '../reading/ndjson.js';
import { writtenPage, type EventForm } from './event-forms.js';
import { hasPosition, positionAt, positionText, type Position } from './position.js';

const HEARTBEAT_MS = 15_000;
/** How long a reader has to take what was written before the end. */
const LAST_WORDS_MS = 1_000;

const message = (id: string, type: string, data: unknown): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

const messageOf = (event: RecordedEvent, form: EventForm): string =>
  message(positionText(event), event.type, form(event));

export interface StreamOptions {
  readonly log: EventLog;
  readonly runtime: Runtime;
  readonly filter: LogFilter;
  readonly form: EventForm;
  /** The name of the log in its checkpoints. */
  readonly origin: string;
  readonly onError: (error: unknown) => void;
}

/**
 * Writes the events after a position to a response whose head has been sent, as Server-Sent Events (HTML §9.2), for as long as the reader
 * stays. Each event once and in order. A reader that does not read holds one page, and costs nothing until it has taken it. Where the log does
 * not have the position, it says `reset`, and ends.
 */
export class EventStream {
  /** Everything up to it has been written, or did not pass the filter. */
  private last: number;
  private isCaughtUp = false;
  private readonly ended = new AbortController();

  constructor(
    private readonly response: ServerResponse,
    from: Position,
    private readonly options: StreamOptions,
  ) {
    this.last = from.sequence;
    response.once('close', () => this.close());
    response.write('retry: 1000\n\n');
    void this.beat();
    void this.follow(from);
  }

  /** Ends the response after what was written; cuts it short where the reader does not take that soon. Idempotent. */
  close(): void {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    if (this.response.destroyed) return;
    this.response.end();
    const gone = new AbortController();
    this.response.once('close', () => gone.abort());
    void this.options.runtime.sleep(LAST_WORDS_MS, gone.signal).then(() => this.response.destroy());
  }

  private async follow(from: Position): Promise<void> {
    const { log, filter, onError } = this.options;
    const { signal } = this.ended;
    try {
      if (!(await this.has(from))) await this.reset();
      while (!signal.aborted) {
        this.last = await log.history({ after: this.last, filter, signal }, (page) => this.write(page));
        await this.tellCaughtUp();
        if (!(await log.reached(this.last + 1, { timeout: Infinity, signal }))) break;
      }
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
    this.close();
  }

  /** An instance that is behind the log may have the position later: the reader waits for that, as it would for events. */
  private async has(position: Position): Promise<boolean> {
    const { log } = this.options;
    const { signal } = this.ended;
    while (!signal.aborted) {
      if (await hasPosition(log, position, signal)) return true;
      if ((await log.head()).sequence >= position.sequence || !isBehind(log)) return false;
    }
    return false;
  }

  /**
   * The empty id makes a browser forget the last one, which it would send again for ever; `retry` keeps it from asking again at once.
   */
  private async reset(): Promise<void> {
    const { log, origin } = this.options;
    const { sequence: head } = await log.head();
    if (!this.ended.signal.aborted) {
      this.response.write(`retry: 60000\n${message('', 'reset', { head, origin })}`);
    }
    this.close();
  }

  private write(page: LogPage): Promise<void> | undefined {
    if (page.events.length > 0) this.response.write(writtenPage(page, this.options.form, messageOf));
    this.last = page.through;
    if (!this.response.writableNeedDrain) return undefined;
    this.isCaughtUp = false;
    return drained(this.response);
  }

  private async tellCaughtUp(): Promise<void> {
    if (this.isCaughtUp || this.ended.signal.aborted) return;
    this.isCaughtUp = true;
    const { last: sequence } = this;
    const position = await positionAt(this.options.log, sequence);
    if (!this.ended.signal.aborted) this.response.write(message(position, 'caught-up', { sequence }));
  }

  private async beat(): Promise<void> {
    const { signal } = this.ended;
    for (;;) {
      await this.options.runtime.sleep(HEARTBEAT_MS, signal);
      if (signal.aborted) return;
      if (!this.response.writableNeedDrain) this.response.write(':\n\n');
    }
  }
}

/** Whether the log has events that this instance has not; true where it cannot be asked. */
function isBehind(log: EventLog): boolean {
  const lag = log.lag?.();
  return lag !== undefined && lag.events !== 0;
}
