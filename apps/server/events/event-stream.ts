import type { EventLog, LogPage, RecordedEvent } from '#log';
import { sseMessage, type SseSource, type SseStream } from '../reading/sse.js';
import type { EventSelection } from './event-filter.js';
import { writtenPage, type EventForm } from './event-forms.js';
import { hasPosition, positionAt, positionText, type Position } from './position.js';

const messageOf = (event: RecordedEvent, form: EventForm): string =>
  sseMessage(positionText(event), event.type, form(event));

export interface StreamOptions {
  readonly log: EventLog;
  readonly selection: EventSelection;
  readonly form: EventForm;
  /** The name of the log in its checkpoints. */
  readonly origin: string;
}

/**
 * The events after a position, each once and in order; `caught-up` at the end of history. Where the log does not have the position, it sends
 * `reset`, and ends.
 */
export class EventStream implements SseSource {
  /** A sequence: every event up to it has been written, or was not selected. */
  private last: number;
  /** The sequence of the last message, after which the reader would resume. */
  private sentPlace: number;
  private isCaughtUp = false;

  constructor(
    private readonly from: Position,
    private readonly options: StreamOptions,
  ) {
    this.last = this.sentPlace = from.sequence;
  }

  async follow(stream: SseStream): Promise<void> {
    const { log, selection, origin } = this.options;
    const { ended: signal } = stream;
    if (!(await this.has(this.from, signal))) {
      const { sequence: head } = await log.head();
      stream.reset({ head, origin });
    }
    while (!signal.aborted) {
      const history = { after: this.last, filter: selection.filter, signal };
      this.last = await log.history(history, (page) => this.write(page, stream));
      if (!this.isCaughtUp) this.isCaughtUp = await this.sendCaughtUp(stream);
      if (!(await log.reached(this.last + 1, { timeout: Infinity, signal }))) break;
    }
  }

  async sendPlace(stream: SseStream): Promise<boolean> {
    return this.isCaughtUp && this.last > this.sentPlace && (await this.sendCaughtUp(stream));
  }

  /** An instance that is behind the log may have the position later: the reader waits for it, as for events. */
  private async has(position: Position, signal: AbortSignal): Promise<boolean> {
    const { log } = this.options;
    while (!signal.aborted) {
      if (await hasPosition(log, position, signal)) return true;
      if ((await log.head()).sequence >= position.sequence || !isBehind(log)) return false;
    }
    return false;
  }

  private write(page: LogPage, stream: SseStream): Promise<void> | undefined {
    const { selection, form } = this.options;
    const selected = selection.of(page);
    this.last = page.through;
    const newest = selected.events.at(-1);
    if (newest === undefined) return undefined;
    this.sentPlace = newest.sequence;
    const taken = stream.write(writtenPage(selected, form, messageOf));
    if (taken) this.isCaughtUp = false;
    return taken;
  }

  /** False, without a message, where events have arrived meanwhile: no event may be skipped. */
  private async sendCaughtUp(stream: SseStream): Promise<boolean> {
    const { last: sequence } = this;
    const position = await positionAt(this.options.log, sequence);
    if (stream.ended.aborted || this.last !== sequence) return false;
    this.sentPlace = sequence;
    void stream.write(sseMessage(position, 'caught-up', { sequence }));
    return true;
  }
}

/** Whether the log has events that this instance lacks; true where the log does not answer. */
function isBehind(log: EventLog): boolean {
  const lag = log.lag?.();
  return lag !== undefined && lag.events !== 0;
}
