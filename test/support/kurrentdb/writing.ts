import type { Endpoint } from './errors.js';
import type { Fault } from './faults.js';
import { isAllowed, requiresLeader, sleep, type Caller, type ServingNode } from './serving-node.js';
import type { ProposedEvent, StreamWrite, WriteOutcome } from './stream-write.js';

/** What becomes of a write. Each protocol has its own way to say it. */
export type Written =
  | WriteOutcome
  | { readonly kind: 'notLeader'; readonly leader: Endpoint | undefined }
  | { readonly kind: 'tooLarge'; readonly size: number }
  | { readonly kind: 'busy' | 'exhausted' | 'unavailable' | 'timedOut' | 'denied' }
  /** There will be no answer. */
  | { readonly kind: 'silent' };

/**
 * Writes on behalf of a client. A follower passes an append of one stream on to the leader, unless the client insists on a leader; of
 * several streams only the leader takes one.
 */
export async function write(
  node: ServingNode,
  call: Caller,
  kind: 'append' | 'multiStreamAppend',
  writes: readonly StreamWrite[],
): Promise<Written> {
  if (!isAllowed(node, call)) return { kind: 'denied' };
  const fault = node.faults.take(kind);
  if (fault?.kind === 'slow') await sleep(fault.milliseconds);
  else if (fault !== undefined) return broken(node, call, fault, writes);
  const mayForward = kind === 'append' && !requiresLeader(call);
  const leader = node.leader();
  if (leader === undefined || !(mayForward || node.isLeader())) return { kind: 'notLeader', leader };
  const size = writes.flatMap(({ events }) => events).reduce((sum, event) => sum + sizeOnDisk(event), 0);
  if (size > node.maxAppendSize) return { kind: 'tooLarge', size };
  return node.store.append(writes);
}

function broken(
  node: ServingNode,
  call: Caller,
  fault: Exclude<Fault, { readonly kind: 'slow' }>,
  writes: readonly StreamWrite[],
): Written {
  switch (fault.kind) {
    case 'notLeader':
      return { kind: 'notLeader', leader: node.leader() };
    case 'busy':
    case 'exhausted':
    case 'unavailable':
      return { kind: fault.kind };
    case 'dropped':
    case 'fellBehind':
      return { kind: 'unavailable' };
    case 'timedOut':
    case 'lost':
    case 'silent':
      if (fault.committed === true) node.store.append(writes);
      if (fault.kind === 'lost') node.cut(call.getPeer());
      return { kind: fault.kind === 'timedOut' ? 'timedOut' : 'silent' };
  }
}

const sizeOnDisk = ({ type, data, metadata }: ProposedEvent): number =>
  2 * type.length + data.length + metadata.length;
