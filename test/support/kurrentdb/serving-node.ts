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

/** The parts of a node that its services need. */
export interface ServingNode {
  readonly store: Store;
  readonly faults: Faults;
  readonly version: string;
  /** The most bytes of one append. */
  readonly maxAppendSize: number;
  /** The credentials of the only user; undefined where anybody may do anything. */
  readonly credentials: Credentials | undefined;
  readonly clock: () => number;
  readonly isLeader: () => boolean;
  readonly leader: () => Endpoint | undefined;
  /** The position at which the events of this node end: a node that does not lead may be behind. */
  readonly has: () => bigint;
  /** Calls back when the node has more events; returns a function that ends this. */
  readonly watch: (watcher: () => void) => () => void;
  /** Cuts the connection of a client. */
  readonly cut: (peer: string) => void;
}

/** The part of a client's call that every kind of call has. */
export interface Caller {
  getPeer(): string;
  readonly metadata: { get(key: string): readonly (string | Buffer)[] };
}

export const requiresLeader = (call: Caller): boolean => call.metadata.get('requires-leader')[0] === 'true';

/** Whether the caller is the user, with this right. */
export function isAllowed({ credentials }: ServingNode, call: Caller, right: Right): boolean {
  if (credentials === undefined) return true;
  const { username, password, may = ['append', 'read'] } = credentials;
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  return call.metadata.get('authorization')[0] === `Basic ${basic}` && may.includes(right);
}

/** Whether a version is the wanted one or later, by year and number: `25.1`. */
export function atLeast(version: string, wanted: string): boolean {
  const [year = 0, number = 0] = version.split('.').map(Number);
  const [wantedYear = 0, wantedNumber = 0] = wanted.split('.').map(Number);
  return year > wantedYear || (year === wantedYear && number >= wantedNumber);
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The failure that belongs to a fault, where the fault is only an answer. */
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

/** The failure in the form in which @grpc/grpc-js expects an error of a stream. */
export const asError = (failure: Failure): ServerErrorResponse =>
  Object.assign(new Error(failure.details), failure);
