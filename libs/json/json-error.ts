import type { JsonFault } from './fault.js';

/**
 * `malformed`: not UTF-8 (RFC 3629), not JSON (RFC 8259), a member twice (RFC 7493 §2.3), or nested too deep. `inexact`: JSON with a value
 * that cannot be stored as it was sent: half of a surrogate pair (RFC 7493 §2.1), a number that a double cannot represent (§2.2).
 * `excessive`: an object with more than `MOST_MEMBERS`, a text with too many values, or with `LONGEST_STRETCH`. The message continues “The
 * body …”, “Line 3 …”.
 */
export class JsonError extends Error {
  override readonly name = 'JsonError';

  constructor(
    readonly code: 'malformed' | 'excessive' | 'inexact',
    message: string,
    /** The faults, each with its pointer; empty where the text is not JSON and so has no pointers. */
    readonly faults: readonly JsonFault[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function excessive(what: string): JsonError {
  const detail = `has ${what}`;
  return new JsonError('excessive', detail, [{ pointer: '', detail }]);
}
