import type { Instant } from '#time';
import type { Steps } from '#timeline';
import type { Subject } from './subject.js';

/** One value of an item, as a diff compares it. */
export interface StatedValue {
  readonly aspect: string;
  readonly value: unknown;
  readonly because: readonly string[];
}

/** One piece of a timeline. */
export interface Piece {
  readonly status?: string;
  readonly value?: unknown;
  readonly certain: boolean;
  readonly possible?: readonly unknown[];
  /** Only claimed: no act or observation says. */
  readonly claimed?: true;
  readonly because: readonly string[];
}

export interface Item {
  readonly id: string;
  readonly because: readonly string[];
}

/** A query parameter of a view. */
export interface Filter<I extends Item = Item> {
  /** What its value is, for the reader of the API. */
  readonly description: string;
  /** Every value that it may have, where that is a closed set. */
  readonly choices?: readonly string[];
  /** Whether an item passes. A method, so that a view of crossings is a view of items. */
  passes(item: I, wanted: string): boolean;
}

/** A view: how the cells of a subject read as an answer. */
export interface View<I extends Item = Item> {
  /** Its name in the API: `crossings`. */
  readonly name: string;
  /** The category of the streams it reads: `crossing`. */
  readonly category: string;
  /** Undefined: at this instant nothing is known of it. */
  item(subject: Subject, at: Instant): I | undefined;
  /** How what the view is about changes; whatever happens without a duration is in the item's ledgers instead. */
  timeline(subject: Subject): Steps<Piece>;
  /** What a diff compares. */
  stated(item: I): StatedValue[];
  /** Query parameters besides those of time, by name. */
  readonly filters: Readonly<Record<string, Filter<I>>>;
}
