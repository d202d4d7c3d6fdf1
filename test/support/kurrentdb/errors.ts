import { Metadata, status as code, type StatusObject } from '@grpc/grpc-js';
import { any, errorsV2, status, streamErrorsV2 } from './protocol.js';

/** How a call fails, as gRPC's trailers carry it. */
export type Failure = Pick<StatusObject, 'code' | 'details' | 'metadata'>;

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A failure of the first protocol: `exception` and what goes with it are in the trailers, where the client looks for them. */
const failure = (code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Failure => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
};

export const notLeader = (leader: Endpoint | undefined): Failure =>
  leader === undefined
    ? failure(code.UNKNOWN, 'No leader info available in response')
    : failure(code.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': leader.address,
        'leader-endpoint-port': String(leader.port),
      });

export const accessDenied = (): Failure =>
  failure(code.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const streamDeleted = (stream: string): Failure =>
  failure(code.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const wrongExpectedVersion = (
  operation: string,
  stream: string,
  expected: number,
  actual: number,
): Failure =>
  failure(
    code.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(actual),
    },
  );

export const maximumAppendSizeExceeded = (maximum: number): Failure =>
  failure(code.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });

export const timedOut = (): Failure => failure(code.ABORTED, 'Operation timed out: Commit timeout');
export const busy = (): Failure => failure(code.UNAVAILABLE, 'Server Is Too Busy');
export const notReady = (): Failure => failure(code.UNAVAILABLE, 'Server Is Not Ready');
export const exhausted = (): Failure => failure(code.RESOURCE_EXHAUSTED, 'Too many requests');
export const invalidPosition = (): Failure =>
  failure(code.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
export const invalid = (details: string): Failure => failure(code.INVALID_ARGUMENT, details);
export const unknown = (details: string): Failure => failure(code.UNKNOWN, details);

/**
 * A failure of the second protocol: a `google.rpc.Status` in the trailers. The server puts an ErrorInfo before the details; the client's
 * own Status has one place for details, which is that of the last.
 */
const detailed = (
  code: number,
  message: string,
  type: string,
  details: { serializeBinary(): Uint8Array },
): Failure => {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), type);
  const answer = new status.Status();
  answer.setMessage(message);
  answer.setDetails(packed);
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(answer.serializeBinary()));
  return { code, details: message, metadata };
};

const STREAM_ERRORS = 'kurrentdb.protocol.v2.streams.errors';

export const revisionConflict = (stream: string, expected: number, actual: number): Failure => {
  const details = new streamErrorsV2.StreamRevisionConflictErrorDetails();
  details.setStream(stream);
  details.setExpectedRevision(String(expected));
  details.setActualRevision(String(actual));
  return detailed(
    code.FAILED_PRECONDITION,
    `Append failed due to a revision conflict on stream '${stream}'. Expected revision: ${expected}. Actual revision: ${actual}.`,
    `${STREAM_ERRORS}.StreamRevisionConflictErrorDetails`,
    details,
  );
};

export const streamTombstoned = (stream: string): Failure => {
  const details = new streamErrorsV2.StreamTombstonedErrorDetails();
  details.setStream(stream);
  return detailed(
    code.FAILED_PRECONDITION,
    `Stream '${stream}' has been tombstoned.`,
    `${STREAM_ERRORS}.StreamTombstonedErrorDetails`,
    details,
  );
};

export const alreadyInSession = (stream: string): Failure => {
  const details = new streamErrorsV2.StreamAlreadyInAppendSessionErrorDetails();
  details.setStream(stream);
  return detailed(
    code.ABORTED,
    `Stream '${stream}' is already part of this append session.`,
    `${STREAM_ERRORS}.StreamAlreadyInAppendSessionErrorDetails`,
    details,
  );
};

export const transactionSizeExceeded = (size: number, maximum: number): Failure => {
  const details = new streamErrorsV2.AppendTransactionSizeExceededErrorDetails();
  details.setSize(size);
  details.setMaxSize(maximum);
  return detailed(
    code.ABORTED,
    `The total size of the append transaction exceeds the maximum allowed size of ${maximum} bytes`,
    `${STREAM_ERRORS}.AppendTransactionSizeExceededErrorDetails`,
    details,
  );
};

/** The client knows no name for this one: it arrives as an unknown error, and the client stays with the node. */
export const notLeaderNode = (leader: Endpoint | undefined): Failure => {
  const details = new errorsV2.NotLeaderNodeErrorDetails();
  if (leader !== undefined) {
    const node = new errorsV2.NotLeaderNodeErrorDetails.NodeInfo();
    node.setHost(leader.address);
    node.setPort(leader.port);
    details.setCurrentLeader(node);
  }
  return detailed(
    code.FAILED_PRECONDITION,
    'The server is not the leader node and cannot handle the request.',
    'kurrent.rpc.NotLeaderNodeErrorDetails',
    details,
  );
};

/** The second protocol's own words for it; the client 1.3 knows them no better than by gRPC's code. */
export const operationDenied = (): Failure => {
  const details = new errorsV2.AccessDeniedErrorDetails();
  details.setOperation('append session');
  return detailed(
    code.PERMISSION_DENIED,
    'Access denied. Insufficient permissions to perform append session',
    'kurrent.rpc.AccessDeniedErrorDetails',
    details,
  );
};

export const operationTimeout = (): Failure =>
  failure(code.DEADLINE_EXCEEDED, 'Operation timed out: Commit timeout');
