import { formatInstant } from '#time';
import type { ChangeOfState, ChangePlace, ChangeWalk, Point } from '#views';
import { sseMessage, type SseSource, type SseStream } from '../reading/sse.js';
import type { ChangePlaces } from './change-places.js';
import type { ChangeSelection } from './change-selection.js';
import type { ChangeWatermark } from './change-watermark.js';

export interface ChangeStreamOptions {
  readonly walk: ChangeWalk;
  readonly places: ChangePlaces;
  readonly watermark: ChangeWatermark;
  readonly selection: ChangeSelection;
  /** The data of `reset`: the reader resumes from a place that this log does not have. */
  readonly end: () => Promise<object>;
}

const written = new WeakMap<ChangeOfState, string>();

/** The message of a change; one text for all readers. */
function messageOf(change: ChangeOfState): string {
  const known = written.get(change);
  if (known !== undefined) return known;
  const message = sseMessage(change.id, 'change', change);
  written.set(change, message);
  return message;
}

/**
 * The changes after a place, each once and in order; `caught-up` at the end of history. Where the log does not have the place, it sends `reset`,
 * and ends. `from` undefined: the text is not a place of a log.
 */
export class ChangeStream implements SseSource {
  private place: Point | undefined;
  /** The place of the last message, from which the reader would resume; undefined where the last message was a change. */
  private sentPlace: Point | undefined;
  private isCaughtUp = false;

  constructor(
    private readonly from: ChangePlace | undefined,
    private readonly options: ChangeStreamOptions,
  ) {}

  async follow(stream: SseStream): Promise<void> {
    const { places, watermark, end } = this.options;
    const { ended: signal } = stream;
    if (this.from === undefined || !(await places.has(this.from, signal))) {
      stream.reset(await end());
      return;
    }
    let place: ChangePlace = this.from;
    let to = await watermark.present(signal);
    while (to !== undefined && !signal.aborted) {
      place = this.place = await this.sendChanges(place, to, stream);
      if (!this.isCaughtUp) await this.sendCaughtUp(stream, place);
      to = await watermark.beyond(place, { timeout: Infinity, signal });
    }
  }

  async sendPlace(stream: SseStream): Promise<boolean> {
    const { place, sentPlace } = this;
    if (!this.isCaughtUp || place === undefined) return false;
    if (sentPlace?.sequence === place.sequence && sentPlace.at === place.at) return false;
    return this.sendCaughtUp(stream, place);
  }

  private async sendChanges(from: ChangePlace, to: Point, stream: SseStream): Promise<Point> {
    const { walk, selection } = this.options;
    const steps = walk.through(from, to, { filter: selection.filter, signal: stream.ended });
    for (;;) {
      const next = await steps.next();
      if (next.done === true) return next.value;
      const changes = next.value.changes.filter((change) => selection.passes(change));
      if (changes.length === 0) continue;
      this.sentPlace = undefined;
      const taken = stream.write(changes.map(messageOf).join(''));
      if (taken === undefined) continue;
      this.isCaughtUp = false;
      await taken;
    }
  }

  /** False, without a message, where changes have arrived meanwhile: no change may be skipped. */
  private async sendCaughtUp(stream: SseStream, place: Point): Promise<boolean> {
    const id = await this.options.places.idOf(place);
    if (stream.ended.aborted || this.place !== place) return false;
    this.isCaughtUp = true;
    this.sentPlace = place;
    const { sequence, at } = place;
    void stream.write(sseMessage(id, 'caught-up', { sequence, at: formatInstant(at) }));
    return true;
  }
}
