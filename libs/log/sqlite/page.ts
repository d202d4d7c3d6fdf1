import type { LogPage } from '../event-log.js';

export type Direction = 'forwards' | 'backwards';

/** A stretch of the log, read in one go. */
export interface Page extends LogPage {
  /** Characters of the JSON of its events. */
  readonly bytes: number;
  /** There was nothing beyond `through` when the page was read. */
  readonly last: boolean;
  /** The head when the page was read. */
  readonly head: number;
}

/** What a filter lets through, a page at a time. Each page is a few short statements; no read lasts longer than the call. */
export interface Pages {
  /**
   * The next page after (backwards: before) the sequence, of at most `limit` events and never more than `PAGE`. It ends earlier, but has one
   * event at least, where its events have more than `PAGE_BYTES`.
   */
  after(sequence: number, limit: number): Page;
}

/** The most events a page holds. */
export const PAGE = 256;
/** Characters of JSON that end a page: what the thread parses in a few milliseconds. */
export const PAGE_BYTES = 256 * 1024;
