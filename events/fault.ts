import type { JsonFault } from '#json';
import type { EventId } from '#timeline';

/** A fault of a development; its pointer goes into the development as it was sent. */
export interface Fault extends JsonFault {
  /** Its size is the only fault. */
  readonly code?: 'too-large';
}

/**
 * - `other-zone-rules`: a time keeps the range that other rules of its zone gave;
 * - `unregistered-subject`, `unknown-actor`: no such subject, or actor, is registered;
 * - `unknown-target`: the log does not have the target of the correction;
 * - `without-effect`: the correction is in a circle, or too deep, together with corrections that were recorded at the same time;
 * - `reported-in-future`: the report is surely later than now;
 * - `reported-before-it-happened`: the report of an observation or an act is before it happened;
 * - `far-from-now`: a time over a hundred years ago or over fifty years ahead;
 * - `similar-report`: the same may have been reported already.
 */
export type WarningCode =
  | 'other-zone-rules'
  | 'unregistered-subject'
  | 'unknown-actor'
  | 'unknown-target'
  | 'without-effect'
  | 'reported-in-future'
  | 'reported-before-it-happened'
  | 'far-from-now'
  | 'similar-report';

/** A probable mistake in an accepted development. The development may still be right. */
export interface AcceptanceWarning extends JsonFault {
  readonly code: WarningCode;
  /** A registered id that may be meant. */
  readonly suggestion?: string;
  /** The stream of the subject that is not registered. */
  readonly subject?: string;
  /** The ids of the similar reports. */
  readonly events?: readonly EventId[];
}
