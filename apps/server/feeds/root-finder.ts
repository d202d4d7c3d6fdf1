import { targetOf } from '#events';
import type { EventLog, RecordedEvent } from '#log';
import type { TurnOptions } from '#runtime';
import { DEEPEST_CORRECTION } from '#timeline';

/** The number of events that are looked up before all other work has its turn. */
const PART = 32;

interface Known {
  readonly event: RecordedEvent;
  /** The target of a correction. */
  readonly target: string | undefined;
}

/** Finds the developments of corrections. Each event is looked up once at most, and none of the events that are given. */
export class RootFinder {
  /** Undefined: the log does not have the event. */
  private readonly known = new Map<string, Known | undefined>();
  private lookedUp = 0;

  constructor(
    private readonly log: EventLog,
    events: readonly RecordedEvent[],
    private readonly turn: TurnOptions,
  ) {
    for (const event of events) this.known.set(event.id, knownOf(event));
  }

  /**
   * The development of an event: the event itself, or the event that it corrects. Undefined where the development is not recorded, or was
   * recorded later than its correction, and where the correction is so deep that it has no effect.
   */
  async rootOf(event: RecordedEvent): Promise<RecordedEvent | undefined> {
    let id = event.id;
    for (let depth = 0; depth <= DEEPEST_CORRECTION + 1; depth += 1) {
      if (!this.known.has(id)) await this.lookUp(id);
      const known = this.known.get(id);
      if (!known) return undefined;
      if (known.target === undefined) return known.event.sequence <= event.sequence ? known.event : undefined;
      id = known.target;
    }
    return undefined;
  }

  private async lookUp(id: string): Promise<void> {
    this.lookedUp += 1;
    if (this.lookedUp % PART === 0) await this.log.turns.run(() => undefined, this.turn);
    const event = await this.log.find(id);
    this.known.set(id, event && knownOf(event));
  }
}

function knownOf(event: RecordedEvent): Known {
  return { event, target: targetOf(event) };
}
