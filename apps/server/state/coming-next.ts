import type { InstantText } from '#time';
import type { Because } from '#timeline';
import type { ViewName } from '#views';
import type { WithBasis } from '../reading/basis.js';

/** The state of a subject, as a segment of its timeline gives it. */
export interface SaidOfSubject {
  /** In views whose items have a status. */
  readonly status?: string;
  /** The other members of the segment, in the same form as there. */
  readonly value?: unknown;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
  /** Every possible status or value, where it is not certain. */
  readonly possible?: readonly unknown[];
  /** Only claimed: it rests on no act or observation. */
  readonly claimed?: true;
}

/** The next change of a subject. */
export interface ComingNext {
  /** The first instant at which its timeline has another state. */
  readonly at: InstantText;
  readonly view: ViewName;
  readonly subject: string;
  readonly before: SaidOfSubject;
  /** The state from that instant on. */
  readonly after: SaidOfSubject;
  /**
   * The ids of the events behind the earlier and the later state.
   * @minItems 1
   */
  readonly because: Because;
}

/** The next changes of subjects. */
export interface NextChanges extends WithBasis {
  /**
   * The address of the next page, with the basis of this page; absent where there are no more.
   * @format uri-reference
   */
  readonly next?: string;
  /** By instant. Each subject is there once, with its first change. */
  readonly items: readonly ComingNext[];
}
