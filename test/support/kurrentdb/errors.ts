import { Metadata, status as code, type StatusObject } from '@grpc/grpc-js';

/** The failure of a call, as the trailers of gRPC carry it. */
export type Failure = Pick<StatusObject, 'code' | 'details' | 'metadata'>;

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A failure of the first protocol: the client reads `exception` and its parameters from the trailers. */
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

export const maximumAppendSizeExceeded = (maximum: number): Failure =>
  failure(code.INVALID_ARGUMENT, `Maximum Append Size of ${maximum} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(maximum),
  });

export const timedOut = (): Failure => failure(code.ABORTED, 'Operation timed out: Commit timeout');
export const busy = (): Failure => failure(code.UNAVAILABLE, 'Server Is Too Busy');
/** The message of a server before version 24 that ends a subscription. */
export const tooSlow = (): Failure =>
  failure(
    code.ABORTED,
    'Operation aborted: Consumer too slow to handle event while live. Client resubscription required.',
  );
export const notReady = (): Failure => failure(code.UNAVAILABLE, 'Server Is Not Ready');
export const exhausted = (): Failure => failure(code.RESOURCE_EXHAUSTED, 'Too many requests');
