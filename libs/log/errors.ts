/**
 * Why the log refused. The codes are stable:
 *
 * - `wrong-revision`: a stream is not at the revision the append expected; nothing was written.
 * - `id-conflict`: the log, or the batch itself, has another event under this id; nothing was written.
 * - `too-large`: an event is longer than `MAX_EVENT_BYTES`.
 * - `invalid`: an event is malformed: no id, a stream without a category, a payload that is not JSON, has half a character or nests too deep, a time
 *   of recording that is not an instant.
 * - `unavailable`: the log cannot be used now; `reason` says why, where the reason is known. After an I/O error, or if a cluster does not answer, it
 *   is unknown whether the append was stored. The append may be sent again: ids make it idempotent.
 * - `not-empty`: a restore needs a log without events; nothing was written.
 * - `not-a-log`: the file belongs to another program. `newer-format`: a later version made it. `corrupt`: it is damaged.
 */
export type LogErrorCode =
  | 'wrong-revision'
  | 'id-conflict'
  | 'too-large'
  | 'invalid'
  | 'unavailable'
  | 'not-empty'
  | 'not-a-log'
  | 'newer-format'
  | 'corrupt';

/** Why a log is `unavailable`. The reasons are stable. `read-only`: the file, its folder or the medium cannot be written. */
export type UnavailableReason = 'disk-full' | 'io-error' | 'locked' | 'read-only' | 'closed';

export interface LogErrorDetails {
  /** Only with `unavailable`. */
  readonly reason?: UnavailableReason | undefined;
  /** The event in question. */
  readonly id?: string;
  /** The stream in question, its expected revision and its actual one. */
  readonly stream?: string;
  readonly expected?: number;
  readonly actual?: number;
  readonly cause?: unknown;
}

export class LogError extends Error {
  override readonly name = 'LogError';
  readonly id: string | undefined;
  readonly stream: string | undefined;
  readonly expected: number | undefined;
  readonly actual: number | undefined;
  readonly reason: UnavailableReason | undefined;

  constructor(
    readonly code: LogErrorCode,
    message: string,
    details: LogErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.id = details.id;
    this.stream = details.stream;
    this.expected = details.expected;
    this.actual = details.actual;
    this.reason = details.reason;
  }
}

export const wrongRevision = (stream: string, expected: number, actual: number): LogError =>
  new LogError('wrong-revision', `Stream ${stream} is at revision ${actual}, not at ${expected}`, {
    stream,
    expected,
    actual,
  });

export const idConflict = (id: string): LogError =>
  new LogError('id-conflict', `The id ${id} belongs to another event`, { id });

export const closed = (): LogError => new LogError('unavailable', 'The log is closed', { reason: 'closed' });
