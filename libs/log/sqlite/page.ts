import type { RecordedEvent } from '../event-log.js';

export type Direction = 'forwards' | 'backwards';

/** A part of the log, read in one go. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  /** The last sequence that was looked at: the next page goes on after it. */
  readonly through: number;
  /** There was nothing beyond `through` when the page was read. */
  readonly last: boolean;
  /** The head when the page was read. */
  readonly head: number;
}

/** What a filter lets through, a page at a time. Each page is a few short statements; no read lasts longer than the call. */
export interface Pages {
  /** The next page after (backwards: before) the sequence, of at most `limit` events and never more than `PAGE`. */
  after(sequence: number, limit: number): Page;
}

/** The most events a page holds. */
export const PAGE = 256;
