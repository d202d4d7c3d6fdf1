import type { JsonFault as JsonFault } from '#json';

/** A fault of a development; the pointer is one into the development as sent. */
export interface Fault extends JsonFault {
  /** Its size is the only fault. */
  readonly code?: 'too-large';
}

/** Information for the sender of an accepted development. */
export interface AcceptanceWarning extends JsonFault {
  /** `other-zone-rules`: a time keeps the range that other rules of its zone gave. */
  readonly code: 'other-zone-rules';
}
