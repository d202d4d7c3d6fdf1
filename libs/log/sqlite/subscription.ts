import type { Subscriber } from 'rxjs';
// The whole of rxjs is two hundred files, which every thread that opens the log would load.
import { Observable } from 'rxjs/internal/Observable';
import type { Runtime } from '#runtime';
import type { LogSignal } from '../event-log.js';
import { PAGE, type ReadPage, type Pages } from './pages.js';

/** Milliseconds of one turn of the event loop for the events of a subscriber; then all other work has its turn. */
const SLICE_MS = 5;

/** The parts of the log that a subscription needs. */
export interface SubscribedLog {
  readonly runtime: Runtime;
  /** Resolves when the log has the sequence, when it is closed, or on abort. Rejects with LogError. */
  readonly reached: (sequence: number, signal: AbortSignal) => Promise<unknown>;
  readonly isClosed: () => boolean;
  /** The next page after the sequence. Rejects with LogError. */
  readonly pageAfter: (sequence: number) => Promise<ReadPage>;
}

/**
 * Everything after the sequence, then new events, without end: each event once, in order. It has one page in memory, and reads the next page
 * when this one is delivered. Completes when the log is closed; errors with LogError where it cannot be read.
 */
export function subscription(after: number, open: () => SubscribedLog): Observable<LogSignal> {
  return new Observable<LogSignal>((subscriber) => {
    let log: SubscribedLog;
    try {
      log = open();
    } catch (error) {
      subscriber.error(error);
      return undefined;
    }
    const ended = new AbortController();
    subscriber.add(() => ended.abort());
    deliver(log, after, subscriber, ended.signal).catch((error: unknown) =>
      log.isClosed() ? subscriber.complete() : subscriber.error(error),
    );
    return undefined;
  });
}

async function deliver(
  log: SubscribedLog,
  after: number,
  subscriber: Subscriber<LogSignal>,
  ended: AbortSignal,
): Promise<void> {
  let position = after;
  let live = false;
  let isCaughtUpDue = true;
  await log.runtime.turn();
  while (!subscriber.closed) {
    if (log.isClosed()) return subscriber.complete();
    const page = await log.pageAfter(position);
    if (live && page.head - position > PAGE) {
      live = false;
      subscriber.next({ kind: 'fellBehind', sequence: position });
    }
    let end = log.runtime.elapsed() + SLICE_MS;
    for (const event of page.events) {
      if (log.runtime.elapsed() > end) {
        await log.runtime.turn();
        end = log.runtime.elapsed() + SLICE_MS;
      }
      if (subscriber.closed) return;
      subscriber.next({ kind: 'event', event });
      isCaughtUpDue = true;
    }
    position = page.through;
    if (!page.last) {
      await log.runtime.turn();
      continue;
    }
    live = true;
    if (isCaughtUpDue) {
      isCaughtUpDue = false;
      subscriber.next({ kind: 'caughtUp', sequence: position });
    }
    await log.reached(position + 1, ended);
  }
}

/** The newest page. Subscribers at the head wait for the same sequence, so a new event is read once for all of them. */
export class NewestPage {
  private from = -1;
  private page: ReadPage | undefined;

  constructor(
    private readonly pages: Pages,
    private readonly head: () => number,
  ) {}

  /** All events after the sequence, unfiltered; undefined where they are more than a page. */
  after(sequence: number): ReadPage | undefined {
    const head = this.head();
    if (head - sequence > PAGE) return undefined;
    if (this.page === undefined || this.from !== sequence || this.page.head !== head) {
      this.page = this.pages.after(sequence, PAGE);
      this.from = sequence;
    }
    return this.page;
  }
}
