import type { AcceptanceWarning } from '#events';
import type { InstantText } from '#time';
import type { Because, EventId } from '#timeline';
import type { Said, StateChange, ViewName, WholeNumber } from '#views';
import type { Sequence } from '#data-folder';

/** The recorded developments, in the order of the request. */
export interface RecordedAnswer {
  readonly events: readonly RecordedDevelopment[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** Where the log has a development. */
export interface RecordedDevelopment {
  readonly id: EventId;
  readonly sequence: Sequence;
  /** @example "crossing-lt-by.medininkai" */
  readonly stream: string;
  /** Its number in the stream, from 0. */
  readonly revision: WholeNumber;
  readonly recordedAt: InstantText;
  /** The log had it already; these are the members of the first answer. */
  readonly duplicate?: boolean;
}

/** The effect that recording would have. */
export interface DryRunAnswer extends Partial<WouldChange> {
  /** Nothing was stored. */
  readonly dryRun: true;
  /** The developments that would be recorded, in the order of the request. */
  readonly developments: readonly AcceptedDevelopment[];
  readonly warnings: readonly AcceptanceWarning[];
}

/** The changes. Missing where the key may not read. */
export interface WouldChange {
  /** The differences at `asOf`. */
  readonly changes: readonly StateChange[];
  /** The ranges of time in which timelines would differ, for at most a hundred subjects. */
  readonly over: readonly TimelineDifference[];
}

/** A range of time in which the timeline of an item would differ. */
export interface TimelineDifference {
  readonly view: ViewName;
  /** The id of the item. */
  readonly subject: string;
  /** null: from the beginning. */
  readonly from: InstantText | null;
  /** Exclusive; null: without end. */
  readonly to: InstantText | null;
  /** The present status in the timeline; missing: none. */
  readonly before?: Said;
  /** The status that it would have; missing where it would have none. */
  readonly after?: Said;
  /** The events behind the later status. Where there is no later status: behind the earlier status. */
  readonly because: Because;
}

/** A development that would be recorded. */
export interface AcceptedDevelopment {
  readonly id: EventId;
  readonly type: string;
  readonly stream: string;
}
