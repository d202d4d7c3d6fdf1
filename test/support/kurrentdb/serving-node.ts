import type { ServerErrorResponse } from '@grpc/grpc-js';
import { accessDenied, busy, exhausted, notReady, timedOut, type Endpoint, type Failure } from './errors.js';
import type { Fault, Faults } from './faults.js';
import type { Store } from './store.js';

export type Right = 'append' | 'read';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** What the user may do with a stream; `append` and `read` where absent. */
  readonly may?: readonly Right[];
}

/** What the services of a node need to know of it. */
export interface ServingNode {
  readonly store: Store;
  readonly faults: Faults;
  readonly version: string;
  /** Bytes of one append. */
  readonly maxAppendSize: number;
  /** Those of the one user there is; undefined: anybody may do anything. */
  readonly credentials: Credentials | undefined;
  readonly clock: () => number;
  readonly isLeader: () => boolean;
  readonly leader: () => Endpoint | undefined;
  /** Where what this node has ends: one that does not lead may be behind. */
  readonly has: () => bigint;
  /** Calls back when it has more; answers how to stop that. */
  readonly watch: (watcher: () => void) => () => void;
  /** Cuts the connection of the client. */
  readonly cut: (peer: string) => void;
}

/** A call of the client, as far as every kind of call has it. */
export interface Caller {
  getPeer(): string;
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
}

export const requiresLeader = (call: Caller): boolean => call.metadata.get('requires-leader')[0] === 'true';

/** Whether the caller is a user who may do that. */
export function isAllowed({ credentials }: ServingNode, call: Caller, right: Right): boolean {
  if (credentials === undefined) return true;
  const { username, password, may = ['append', 'read'] } = credentials;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return call.metadata.get('authorization')[0] === `Basic ${basic}` && may.includes(right);
}

/** Whether a server is that version or later, by year and number: `25.1`. */
export function atLeast(version: string, wanted: string): boolean {
  const [year = 0, number = 0] = version.split('.').map(Number);
  const [wantedYear = 0, wantedNumber = 0] = wanted.split('.').map(Number);
  return year > wantedYear || (year === wantedYear && number >= wantedNumber);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The failure a fault is, where it is no more than an answer. */
export function failureOf(fault: Fault | undefined): Failure | undefined {
  switch (fault?.kind) {
    case 'busy':
      return busy();
    case 'exhausted':
      return exhausted();
    case 'unavailable':
    case 'notReady':
      return notReady();
    case 'denied':
      return accessDenied();
    case 'timedOut':
      return timedOut();
    default:
      return undefined;
  }
}

/** As @grpc/grpc-js wants an error of a stream. */
export const asError = (failure: Failure): ServerErrorResponse =>
  Object.assign(new Error(failure.details), failure);
