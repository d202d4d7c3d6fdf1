import type { Instant } from '#time';

/** The one place where the server asks for the time. A class, so that Nest can inject it and a test can stop it. */
export abstract class Clock {
  abstract now(): Instant;
}

export class SystemClock extends Clock {
  now(): Instant {
    return Date.now();
  }
}
