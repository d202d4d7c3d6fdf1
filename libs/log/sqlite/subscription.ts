import { Observable, type Subscriber } from 'rxjs';
import type { LogSignal } from '../event-log.js';
import { PAGE, type Page } from './page.js';

/** What a subscription needs of the log. */
export interface Followed {
  /** Resolves when the log has the sequence, when it is closed, or on abort. Rejects with LogError. */
  readonly reached: (sequence: number, signal: AbortSignal) => Promise<unknown>;
  readonly isClosed: () => boolean;
  /** The next page after the sequence. Rejects with LogError. */
  readonly pageAfter: (sequence: number) => Promise<Page>;
}

/**
 * Everything after the sequence, then what is appended, for ever: each event once, in order. It holds one page and reads the
 * next when that has been delivered. Completes when the log is closed; errors with LogError where it cannot be read.
 */
export function subscription(after: number, open: () => Followed): Observable<LogSignal> {
  return new Observable<LogSignal>((subscriber) => {
    let log: Followed;
    try {
      log = open();
    } catch (error) {
      subscriber.error(error);
      return undefined;
    }
    const ended = new AbortController();
    subscriber.add(() => ended.abort());
    follow(log, after, subscriber, ended.signal).catch((error: unknown) =>
      log.isClosed() ? subscriber.complete() : subscriber.error(error),
    );
    return undefined;
  });
}

async function follow(
  log: Followed,
  after: number,
  subscriber: Subscriber<LogSignal>,
  ended: AbortSignal,
): Promise<void> {
  let position = after;
  let live = false;
  let untold = true;
  await nextTurn();
  while (!subscriber.closed) {
    if (log.isClosed()) return subscriber.complete();
    const page = await log.pageAfter(position);
    if (live && page.head - position > PAGE) {
      live = false;
      subscriber.next({ kind: 'fellBehind', sequence: position });
    }
    for (const event of page.events) {
      if (subscriber.closed) return;
      subscriber.next({ kind: 'event', event });
      untold = true;
    }
    position = page.through;
    if (!page.last) {
      await nextTurn();
      continue;
    }
    live = true;
    if (untold) {
      untold = false;
      subscriber.next({ kind: 'caughtUp', sequence: position });
    }
    await log.reached(position + 1, ended);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
