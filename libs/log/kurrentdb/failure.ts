import {
  AccessDeniedError,
  AppendRecordSizeExceededError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamTombstonedError,
  UnknownError,
} from '@kurrent/kurrentdb-client';
import { LogError } from '../errors.js';

/** The consequence of a failed write for its records. */
export type WriteFailure =
  /** Nothing was written; the same may be tried again. */
  | { readonly kind: 'again' }
  /** Nothing was written: it is over the limit of the cluster, `bytes`. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** It may have been written, or may be written later. */
  | { readonly kind: 'unknown' }
  /** Nothing was written, and never will be. */
  | { readonly kind: 'refused'; readonly error: LogError };

/** gRPC's RESOURCE_EXHAUSTED: refused before it was read. */
const RESOURCE_EXHAUSTED = 8;
/** The server's words for a write that it has not begun. */
const NOT_BEGUN = /Server Is Not Ready|Server Is Too Busy|Server Is Busy|No leader info available/i;

export function writeFailureOf(error: unknown): WriteFailure {
  if (error instanceof LogError) return { kind: 'refused', error };
  if (error instanceof MaxAppendSizeExceededError) return { kind: 'too-large', bytes: error.maxAppendSize };
  if (error instanceof AppendRecordSizeExceededError) return { kind: 'too-large', bytes: error.maxSize };
  const refusal = refusalOf(error);
  if (refusal !== undefined) return { kind: 'refused', error: refusal };
  const notBegun = error instanceof Error && NOT_BEGUN.test(error.message);
  return error instanceof NotLeaderError || notBegun || codeOf(error) === RESOURCE_EXHAUSTED
    ? { kind: 'again' }
    : { kind: 'unknown' };
}

/** The server ends a subscription whose reader is slower than its writers (until 23.10, after one large append). It may subscribe again. */
export const isTooSlow = (error: unknown): boolean =>
  error instanceof Error && /too slow/i.test(error.message);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function refusalOf(cause: unknown): LogError | undefined {
  if (cause instanceof AccessDeniedError) {
    return new LogError('unavailable', 'The cluster refuses these credentials', { cause });
  }
  if (cause instanceof StreamDeletedError || cause instanceof StreamTombstonedError) {
    return incompleteStream('it was deleted', cause);
  }
  if (cause instanceof InvalidArgumentError && !(cause instanceof UnknownError)) {
    return new LogError('invalid', `The cluster refuses the append: ${cause.message}`, { cause });
  }
  return undefined;
}

/** The stream is not complete, or it is another stream than before. */
export const incompleteStream = (what: string, cause?: unknown): LogError =>
  new LogError(
    'corrupt',
    `The stream of the log in the cluster is not complete: ${what}. Restore the cluster from a backup that has all of it. To continue with the ` +
      'present events, restart every instance with --accept-log',
    { cause },
  );

/** An error of the cluster as the log's own error: `unavailable` where it has no better code. */
export function asClusterError(cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const refusal = refusalOf(cause);
  if (refusal !== undefined) return refusal;
  const [said = ''] = (cause instanceof Error ? cause.message : '').split(/\. Resolution note|\n/);
  return new LogError('unavailable', `The cluster cannot be reached${said ? `: ${said}` : ''}`, { cause });
}
