import type { EventLog } from '#log';
import type { MessagePage, MessageSource, SourceMessage } from '#webhooks';
import type { EventSelection } from '../events/event-filter.js';
import type { EventForm } from '../events/event-forms.js';
import { hasPosition, parsePosition, positionAt, positionText } from '../events/position.js';

/** Sequences that are read at a time. */
const WINDOW = 256;
/** Milliseconds after which a wait for messages ends without a message: then the place that was reached is stored. */
export const LONGEST_WAIT_MS = 15_000;

/** The events of the log that are selected, as CloudEvents. Positions are the positions of event streams. */
export class EventMessages implements MessageSource {
  constructor(
    private readonly log: EventLog,
    private readonly selection: EventSelection,
    private readonly form: EventForm,
  ) {}

  async has(text: string, signal: AbortSignal): Promise<boolean> {
    const position = parsePosition(text);
    return position !== undefined && hasPosition(this.log, position, signal);
  }

  compare(one: string, other: string): number {
    return sequenceIn(one) - sequenceIn(other);
  }

  async after(position: string, signal: AbortSignal): Promise<MessagePage> {
    const after = sequenceIn(position);
    const messages: SourceMessage[] = [];
    const asked = { after, through: after + WINDOW, filter: this.selection.filter, signal };
    const through = await this.log.history(asked, (page) => {
      for (const event of this.selection.of(page).events) {
        messages.push({
          position: positionText(event),
          body: () => JSON.stringify(this.form(event)),
        });
      }
    });
    return { messages, through: through === after ? position : await positionAt(this.log, through) };
  }

  async more(position: string, signal: AbortSignal): Promise<void> {
    await this.log.reached(sequenceIn(position) + 1, { timeout: LONGEST_WAIT_MS, signal });
  }
}

/** Call this only with positions that `has` accepted. */
const sequenceIn = (position: string): number => parsePosition(position)?.sequence ?? 0;
