import type { AcceptanceWarning } from '#events';
import type { InstantText } from '#time';
import type { Because, EventId } from '#timeline';
import type { Said, StateChange, ViewName, WholeNumber } from '#views';
import type { Sequence } from '#data-folder';

/** What was recorded, in the order of the request. */
export interface RecordedAnswer {
  readonly events: readonly RecordedDevelopment[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** Where a development is in the log. */
export interface RecordedDevelopment {
  readonly id: EventId;
  readonly sequence: Sequence;
  /** @example "crossing-lt-by.medininkai" */
  readonly stream: string;
  /** Its number in the stream, from 0. */
  readonly revision: WholeNumber;
  readonly recordedAt: InstantText;
  /** The log had it already; this is the first answer. */
  readonly duplicate?: boolean;
}

/** What a dry run would record and change. */
export interface DryRunAnswer extends Partial<WouldChange> {
  /** Nothing was stored. */
  readonly dryRun: true;
  /** What would be recorded, in the order of the request. */
  readonly developments: readonly AcceptedDevelopment[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** What would change. It is missing where the key may not read. */
export interface WouldChange {
  /** What would differ at `asOf`. */
  readonly changes: readonly StateChange[];
  /** The stretches of time over which timelines would differ, of a hundred subjects at most. */
  readonly over: readonly TimelineDifference[];
}

/** A stretch of time over which the timeline of an item would differ. */
export interface TimelineDifference {
  readonly view: ViewName;
  /** The id of the item. */
  readonly subject: string;
  /** null: from the beginning. */
  readonly from: InstantText | null;
  /** Exclusive; null: for good. */
  readonly to: InstantText | null;
  /** What the timeline says now; missing: nothing. */
  readonly before?: Said;
  /** What it would say; missing: nothing. */
  readonly after?: Said;
  /** What the later one rests on; where it is missing, the earlier one. */
  readonly because: Because;
}

/** A development that would be recorded. */
export interface AcceptedDevelopment {
  readonly id: EventId;
  readonly type: string;
  readonly stream: string;
}
