import { isDeepStrictEqual } from 'node:util';
import type { NewEvent, RecordedEvent } from '#log';

/** The expected log as a plain list, and the promises about it. */
export class Model {
  /** The events in the order of their sequences. */
  readonly events: RecordedEvent[] = [];
  private readonly sequences = new Map<string, number>();
  private readonly revisions = new Map<string, number>();
  private readonly acknowledged = new Map<string, Omit<Entry, 'duplicate'>>();
  private readonly firstAnswers = new Set<string>();
  private readonly attempts: Attempt[] = [];

  get head(): number {
    return this.events.length;
  }

  has(id: string): boolean {
    return this.sequences.has(id);
  }

  /** Notes that the events are sent. From now on all of them, or none of them, may be in the log. */
  sent(events: readonly Sent[]): Attempt {
    const attempt = { events, refused: false };
    this.attempts.push(attempt);
    return attempt;
  }

  /** Notes that the answer was a refusal: this request has recorded none of its events. */
  refused(attempt: Attempt): void {
    attempt.refused = true;
  }

  /** Notes that the answer was a success. Returns the faults of the answer. */
  answered(attempt: Attempt, entries: readonly Entry[]): string[] {
    return attempt.events.flatMap(({ id }, index) => {
      const { duplicate, ...entry } = entries[index] ?? ({} as Partial<Entry>);
      if (entry.id !== id) return [`${id} is answered with the entry of ${String(entry.id)}`];
      const before = this.acknowledged.get(id);
      if (before !== undefined && !isDeepStrictEqual(entry, before))
        return [`${id} was answered ${JSON.stringify(before)}, and again ${JSON.stringify(entry)}`];
      this.acknowledged.set(id, entry as Entry);
      if (duplicate === true) return [];
      if (this.firstAnswers.has(id)) return [`${id} was recorded twice`];
      this.firstAnswers.add(id);
      return [];
    });
  }

  /** Notes the events that the log has after the head of the model. Returns their faults. */
  observed(events: readonly RecordedEvent[]): string[] {
    const faults = events.flatMap((event) => this.observedOne(event));
    for (const { events: sent, refused } of this.attempts) {
      const there = sent.filter(({ id }) => this.sequences.has(id)).length;
      if (there > 0 && there < sent.length && !refused)
        faults.push(`${there} of ${sent.length} of an append are there`);
    }
    for (const [id, { sequence }] of this.acknowledged)
      if (this.sequences.get(id) !== sequence)
        faults.push(`${id} was acknowledged at @${sequence}, and is at ${String(this.sequences.get(id))}`);
    return faults;
  }

  private observedOne(event: RecordedEvent): string[] {
    const { id, sequence, stream, revision, recordedAt } = event;
    const last = this.events.at(-1);
    const faults: string[] = [];
    const due = this.head + 1;
    const dueRevision = (this.revisions.get(stream) ?? -1) + 1;
    if (sequence !== due) faults.push(`@${sequence} is where @${due} is due`);
    if (revision !== dueRevision)
      faults.push(`@${sequence} is revision ${revision} of ${stream}, not ${dueRevision}`);
    if (recordedAt < (last?.recordedAt ?? 0))
      faults.push(`@${sequence} was recorded before @${sequence - 1}`);
    if (this.sequences.has(id)) faults.push(`${id} is there twice`);
    const sent = this.attempts
      .filter(({ refused }) => !refused)
      .flatMap(({ events }) => events)
      .find((one) => one.id === id);
    if (sent === undefined) faults.push(`@${sequence} (${id}) was never sent, or refused`);
    else if (sent.contents.length > 0 && !sent.contents.some((content) => isSame(content, event)))
      faults.push(`@${sequence} is not what was sent`);
    const entry = this.acknowledged.get(id);
    if (entry !== undefined && !isSameEntry(entry, event))
      faults.push(`@${sequence} was acknowledged as ${JSON.stringify(entry)}`);
    this.events.push(event);
    this.sequences.set(id, sequence);
    this.revisions.set(stream, revision);
    return faults;
  }
}

export interface Sent {
  readonly id: string;
  /**
   * The possible contents of the event in the log: one for each set of zone rules under which it was sent. Empty where the server makes the content.
   */
  readonly contents: NewEvent[];
}

export interface Attempt {
  readonly events: readonly Sent[];
  refused: boolean;
}

export interface Entry {
  readonly id: string;
  readonly sequence: number;
  readonly stream: string;
  readonly revision: number;
  /** The recording time in the form of RFC 3339. */
  readonly recordedAt: string;
  readonly duplicate?: true;
}

const isSame = (sent: NewEvent, { type, stream, payload }: RecordedEvent): boolean =>
  sent.type === type && sent.stream === stream && isDeepStrictEqual(plain(sent.payload), plain(payload));

const isSameEntry = (entry: Omit<Entry, 'duplicate'>, event: RecordedEvent): boolean =>
  entry.sequence === event.sequence &&
  entry.stream === event.stream &&
  entry.revision === event.revision &&
  Date.parse(entry.recordedAt) === event.recordedAt;

/** The value after it was written as JSON and read again. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
