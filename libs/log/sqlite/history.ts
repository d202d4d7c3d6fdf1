import type { Runtime, Turnstile } from '#runtime';
import type { HistoryOptions, LogFilter, LogPage } from '../event-log.js';
import type { ReadPage, Pages } from './pages.js';

/** Events of a page of history: they take about a millisecond to parse and write out. */
const HISTORY_PAGE = 64;
/** Characters of JSON of the pages that are cached for the next reader at the same sequence. */
const MOST_CACHED = 16 * 1024 * 1024;
/** The size of a page without its events. */
const PAGE_OVERHEAD = 1_024;

/** The parts of a log that readers of history need. */
export interface HistorySource {
  readonly runtime: Runtime;
  readonly turns: Turnstile;
  readonly pages: (filter: LogFilter) => Pages;
  readonly head: () => number;
  /**
   * Does the work while the log is open: immediately, or, while another process has a lock, in repeated attempts. Throws, or rejects with, LogError.
   */
  readonly attempt: <T>(work: () => T) => T | Promise<T>;
}

/**
 * Reads history for many readers. They take turns, a page each. Readers at the same sequence share a page, which is parsed once. So a
 * caller may cache a result for all of them, in a WeakMap by page.
 */
export class History {
  /** By filter and sequence, the least recently used page first. */
  private readonly cached = new Map<string, ReadPage>();
  private weight = 0;
  /** The head, read once for all readers that have their turn before other work has. */
  private headOfTurn: number | undefined;

  /** Without a filter. */
  private readonly whole: Pages;

  constructor(private readonly source: HistorySource) {
    this.whole = source.pages({});
  }

  /** As `EventLog.history`. */
  async read(
    { after = 0, through = Infinity, filter, lane = 'streams', signal }: HistoryOptions,
    take: (page: LogPage) => void | Promise<unknown>,
  ): Promise<number> {
    const { turns, attempt } = this.source;
    const name = JSON.stringify(filter ?? {});
    const pages = filter ? await attempt(() => this.source.pages(filter)) : this.whole;
    let position = after;
    while (position < through) {
      const from = position;
      const task = () =>
        attempt(() => {
          const isShort = through - from < HISTORY_PAGE;
          const page = isShort ? pages.after(from, through - from) : this.pageAfter(from, name, pages);
          const wanted = page.through > through ? endedAt(page, through) : page;
          return { page: wanted, taken: take(wanted) };
        });
      const { page, taken } = await turns.run(task, { lane, signal });
      await taken;
      position = page.through;
      if (page.last) break;
    }
    return position;
  }

  private pageAfter(sequence: number, filter: string, pages: Pages): ReadPage {
    const key = `${sequence} ${filter}`;
    const found = this.cached.get(key);
    if (found) this.forget(key, found);
    const isGood = found !== undefined && (!found.last || found.head === this.headNow());
    const page = isGood ? found : pages.after(sequence, HISTORY_PAGE);
    this.cached.set(key, page);
    this.weight += weightOf(page);
    for (const [oldest, least] of this.cached) {
      if (this.weight <= MOST_CACHED) break;
      this.forget(oldest, least);
    }
    return page;
  }

  private headNow(): number {
    if (this.headOfTurn === undefined) {
      this.headOfTurn = this.source.head();
      void this.source.runtime.turn().then(() => (this.headOfTurn = undefined));
    }
    return this.headOfTurn;
  }

  private forget(key: string, page: ReadPage): void {
    this.cached.delete(key);
    this.weight -= weightOf(page);
  }
}

function endedAt(page: ReadPage, through: number): ReadPage {
  return { ...page, events: page.events.filter(({ sequence }) => sequence <= through), through, last: true };
}

const weightOf = ({ bytes }: ReadPage): number => bytes + PAGE_OVERHEAD;
