import type { Fault as JsonFault } from '#json';

/** What is wrong with a development; the pointer is one into the development as sent. */
export interface Fault extends JsonFault {
  /** Nothing is wrong with it but its size. */
  readonly code?: 'too-large';
}
