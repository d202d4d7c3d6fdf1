import {
  AccessDeniedError,
  AppendRecordSizeExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamTombstonedError,
  TransactionMaxSizeExceededError,
  UnknownError,
  UnsupportedError,
  WrongExpectedVersionError,
  isCommandError,
} from '@kurrent/kurrentdb-client';
import { LogError } from '../errors.js';

/** What a failed write tells of what was to be written. */
export type Judgement =
  /** Nothing was written: a stream is not where it was thought to be. */
  | { readonly kind: 'moved' }
  /** Nothing was written; the same may be tried again. */
  | { readonly kind: 'again' }
  /** It may have been written, or may yet be. */
  | { readonly kind: 'unknown' }
  /** Nothing was written, and never will be. */
  | { readonly kind: 'refused'; readonly error: LogError };

/** gRPC's RESOURCE_EXHAUSTED: refused before it was looked at. */
const RESOURCE_EXHAUSTED = 8;
/** gRPC's FAILED_PRECONDITION: for an append over several streams, also that another node leads. */
const FAILED_PRECONDITION = 9;

export function judge(error: unknown): Judgement {
  if (error instanceof LogError) return { kind: 'refused', error };
  if (error instanceof WrongExpectedVersionError) return { kind: 'moved' };
  if (error instanceof NotLeaderError) return { kind: 'again' };
  const refusal = refusalOf(error);
  if (refusal !== undefined) return { kind: 'refused', error: refusal };
  const code = codeOf(error);
  return { kind: code === RESOURCE_EXHAUSTED || code === FAILED_PRECONDITION ? 'again' : 'unknown' };
}

/**
 * Whether a client that met this error goes on: it gets over most errors that the server sent. It keeps a failed discovery for ever, waits
 * for ever for a node that says nothing, and stays with one that no longer leads where an append is over several streams.
 */
export function isClientUsable(error: unknown): boolean {
  if (!(error instanceof Error && isCommandError(error))) return false;
  return !(error instanceof UnknownError && codeOf(error) === FAILED_PRECONDITION);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function refusalOf(cause: unknown): LogError | undefined {
  if (cause instanceof AccessDeniedError) {
    return new LogError('unavailable', 'The cluster refuses these credentials', { cause });
  }
  if (
    cause instanceof MaxAppendSizeExceededError ||
    cause instanceof AppendRecordSizeExceededError ||
    cause instanceof TransactionMaxSizeExceededError
  ) {
    const most = cause instanceof MaxAppendSizeExceededError ? cause.maxAppendSize : cause.maxSize;
    return new LogError('too-large', `The cluster takes ${most} bytes in one append`, { cause });
  }
  if (cause instanceof StreamDeletedError || cause instanceof StreamTombstonedError) {
    return new LogError('corrupt', 'A stream of the log was deleted in the cluster', { cause });
  }
  if (cause instanceof UnsupportedError) {
    return new LogError('unsupported', `The cluster is too old for this append: ${cause.message}`, { cause });
  }
  return undefined;
}

/** For whoever reads: everything that is none of ours is `unavailable`. */
export function asUnavailable(cause: unknown): LogError {
  if (cause instanceof LogError) return cause;
  const refusal = refusalOf(cause);
  if (refusal !== undefined) return refusal;
  const [said = ''] = (cause instanceof Error ? cause.message : '').split(/\. Resolution note|\n/);
  return new LogError('unavailable', `The cluster cannot be reached${said ? `: ${said}` : ''}`, { cause });
}
