import type { InstantText } from '#time';
import type { Because } from '#timeline';
import type { ViewName } from '#views';
import type { WithBasis } from '../reading/basis.js';

/** What a timeline says of a subject. */
export interface SaidOfSubject {
  /** In views whose items have a status. */
  readonly status?: string;
  /** What the timeline of the view says besides, or instead: it has the form that it has there. */
  readonly value?: unknown;
  /** Whether it is the same in every world that the reports allow. */
  readonly certain: boolean;
  /** Every status or value that it may have, where it is not certain. */
  readonly possible?: readonly unknown[];
  /** Only claimed: no act or observation says so. */
  readonly claimed?: true;
}

/** The next change of a subject. */
export interface ComingNext {
  /** The first instant at which its timeline says something else. */
  readonly at: InstantText;
  readonly view: ViewName;
  readonly subject: string;
  readonly before: SaidOfSubject;
  /** What is said from that instant on. */
  readonly after: SaidOfSubject;
  /**
   * The ids of the events behind what ends, and behind what follows.
   * @minItems 1
   */
  readonly because: Because;
}

/** What changes next. */
export interface NextChanges extends WithBasis {
  /**
   * The address of the next page, with the basis of this one; absent: there are no more.
   * @format uri-reference
   */
  readonly next?: string;
  /** By instant. A subject is there once, with its first change. */
  readonly items: readonly ComingNext[];
}
