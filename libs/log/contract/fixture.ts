import type { Observable } from 'rxjs';
import type { EventLog, LogSignal, NewEvent, RecordedEvent } from '../event-log.js';

/** One log of the engine under test, empty at first. */
export interface LogUnderTest {
  /** A new handle on the same log, as another process would have it. */
  open(): EventLog | Promise<EventLog>;
  /** Closes the handles, and deletes the log. */
  dispose(): void | Promise<void>;
}

export type LogFactory = () => LogUnderTest | Promise<LogUnderTest>;

/** The log of the current spec, for a group of specs. */
export interface Fixture {
  readonly log: EventLog;
  readonly another: () => Promise<EventLog>;
}

let made = 0;

/** A small event; the members that are not given are of no importance for the spec. */
export function event(id: string, parts: Partial<NewEvent> = {}): NewEvent {
  made += 1;
  return {
    id,
    stream: 'crossing-a',
    type: 'crossing.closed',
    schemaVersion: 1,
    payload: { of: id },
    metadata: { made },
    ...parts,
  };
}

export function events(count: number, prefix: string, parts: Partial<NewEvent> = {}): NewEvent[] {
  return Array.from({ length: count }, (_, index) => event(`${prefix}${index}`, parts));
}

export async function collect(stream: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> {
  const all: RecordedEvent[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

export const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

/** The numbers from 1 to the count. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** The code of the LogError with which the promise rejects. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ readonly code: unknown; readonly id: unknown }> {
  try {
    await work;
  } catch (error) {
    const { code, id } = error as { readonly code: unknown; readonly id: unknown };
    return { code, id };
  }
  throw new Error('It was not refused');
}

/** Resolves once the handle has the sequence: an append of another handle may become visible a moment later. */
export async function reaches(log: EventLog, sequence: number): Promise<void> {
  if (!(await log.reached(sequence, { timeout: 30_000 }))) throw new Error(`Waited in vain for ${sequence}`);
}

/** The messages to a subscriber so far, and a way to wait for more. */
export class Heard {
  readonly signals: LogSignal[] = [];
  completed = false;
  failure: unknown;
  private readonly waiting = new Set<() => void>();
  private readonly subscription;

  constructor(source: Observable<LogSignal>) {
    this.subscription = source.subscribe({
      next: (signal) => this.note(() => this.signals.push(signal)),
      complete: () => this.note(() => (this.completed = true)),
      error: (error: unknown) => this.note(() => (this.failure = error)),
    });
  }

  get events(): RecordedEvent[] {
    return this.signals.flatMap((signal) => (signal.kind === 'event' ? [signal.event] : []));
  }

  /** The ids of events, and the kinds of the other signals. */
  get story(): string[] {
    return this.signals.map((signal) => (signal.kind === 'event' ? signal.event.id : signal.kind));
  }

  async until(holds: (heard: Heard) => boolean): Promise<void> {
    while (!holds(this)) {
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`Waited in vain; heard ${this.story.join(' ')}`)),
          10_000,
        );
        const told = (): void => {
          clearTimeout(late);
          this.waiting.delete(told);
          resolve();
        };
        this.waiting.add(told);
      });
    }
  }

  /** Resolves when everything through the sequence has been delivered. */
  caughtUp(sequence: number): Promise<void> {
    return this.until(({ signals }) =>
      signals.some((signal) => signal.kind === 'caughtUp' && signal.sequence >= sequence),
    );
  }

  stop(): void {
    this.subscription.unsubscribe();
  }

  private note(change: () => unknown): void {
    change();
    for (const wake of [...this.waiting]) wake();
  }
}
