import type { JsonFault as JsonFault } from '#json';

/** What is wrong with a development; the pointer is one into the development as sent. */
export interface Fault extends JsonFault {
  /** Nothing is wrong with it but its size. */
  readonly code?: 'too-large';
}

/** What the sender of a development that was accepted may want to know. */
export interface AcceptanceWarning extends JsonFault {
  /** `other-zone-rules`: a time was kept as other rules of its zone resolved it. */
  readonly code: 'other-zone-rules';
}
