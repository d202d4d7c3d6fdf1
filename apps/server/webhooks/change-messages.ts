import { parseChangeId, type ChangeOfState, type ChangePlace } from '#views';
import type { MessagePage, MessageSource } from '#webhooks';
import type { ChangeWatermark } from '../changes/change-watermark.js';
import type { ChangePlaces } from '../changes/change-places.js';
import type { ChangeSelection } from '../changes/change-selection.js';
import type { ChangeReader } from '../changes/change-reader.js';
import { LONGEST_WAIT_MS } from './event-messages.js';

/** Changes that are read at a time. */
const AT_A_TIME = 64;

export interface ChangeMessagesOptions {
  readonly places: ChangePlaces;
  readonly reader: ChangeReader;
  readonly watermark: ChangeWatermark;
  readonly selection: ChangeSelection;
  /** The name of the log in its checkpoints. */
  readonly origin: string;
}

/** The changes of state that are selected, as CloudEvents. Positions are the ids of the stream of changes. */
export class ChangeMessages implements MessageSource {
  constructor(private readonly options: ChangeMessagesOptions) {}

  async has(text: string, signal: AbortSignal): Promise<boolean> {
    const place = parseChangeId(text);
    return place !== undefined && this.options.places.has(place, signal);
  }

  compare(one: string, other: string): number {
    const [a, b] = [placeIn(one), placeIn(other)];
    return (
      a.sequence - b.sequence ||
      a.at - b.at ||
      (ordinalOf(a) === ordinalOf(b) ? 0 : ordinalOf(a) - ordinalOf(b))
    );
  }

  async after(position: string, signal: AbortSignal): Promise<MessagePage> {
    const { reader, selection, origin } = this.options;
    const page = await reader.page({ from: placeIn(position), selection, signal }, AT_A_TIME);
    const messages = page.items.map((change) => ({
      position: change.id,
      body: () => JSON.stringify(cloudEventOf(change, origin)),
    }));
    return { messages, through: page.position };
  }

  async more(position: string, signal: AbortSignal): Promise<void> {
    await this.options.watermark.beyond(placeIn(position), { timeout: LONGEST_WAIT_MS, signal });
  }
}

/** A change of state as a CloudEvent 1.0. */
const cloudEventOf = (change: ChangeOfState, origin: string): object => ({
  specversion: '1.0',
  id: change.id,
  source: `//${encodeURI(origin)}`,
  type: 'borderline.change',
  subject: change.subject,
  time: change.at,
  datacontenttype: 'application/json',
  data: change,
});

/** Call this only with positions that `has` accepted. */
const placeIn = (position: string): ChangePlace => parseChangeId(position) ?? { sequence: 0, at: 0 };

/** A point without an ordinal comes after all changes of its step. */
const ordinalOf = ({ ordinal = Infinity }: ChangePlace): number => ordinal;
