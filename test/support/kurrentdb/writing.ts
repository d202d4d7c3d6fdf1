import type { Endpoint } from './errors.js';
import type { Fault } from './faults.js';
import { isAllowed, requiresLeader, sleep, type Caller, type ServingNode } from './serving-node.js';
import { sizeOnDisk } from './store.js';
import type { StreamWrite, WriteOutcome } from './stream-write.js';

/** The outcome of a write. Each way of writing has its own form for it. */
export type Written =
  | WriteOutcome
  | { readonly kind: 'notLeader'; readonly leader: Endpoint | undefined }
  | { readonly kind: 'tooLarge' | 'busy' | 'exhausted' | 'unavailable' | 'notReady' | 'timedOut' | 'denied' }
  /** No answer is sent. */
  | { readonly kind: 'silent' };

/** Writes on behalf of a client. A node that does not lead forwards the write to the leader, unless the client requires a leader. */
export async function write(node: ServingNode, call: Caller, write: StreamWrite): Promise<Written> {
  if (!isAllowed(node, call, 'append')) return { kind: 'denied' };
  const fault = node.faults.take('append');
  if (fault?.kind === 'slow') await sleep(fault.milliseconds);
  else if (fault !== undefined) return broken(node, call, fault, write);
  const leader = node.leader();
  if (leader === undefined || (requiresLeader(call) && !node.isLeader()))
    return { kind: 'notLeader', leader };
  const size = write.events.reduce((sum, event) => sum + sizeOnDisk(event), 0);
  if (size > node.maxAppendSize) return { kind: 'tooLarge' };
  return node.store.append(write);
}

function broken(
  node: ServingNode,
  call: Caller,
  fault: Exclude<Fault, { readonly kind: 'slow' }>,
  write: StreamWrite,
): Written {
  switch (fault.kind) {
    case 'notLeader':
      return { kind: 'notLeader', leader: node.leader() };
    case 'busy':
    case 'exhausted':
    case 'unavailable':
    case 'notReady':
    case 'denied':
      return { kind: fault.kind };
    case 'dropped':
      return { kind: 'unavailable' };
    case 'timedOut':
    case 'lost':
    case 'silent':
      if (fault.committed === true) node.store.append(write);
      if (fault.kind === 'lost') node.cut(call.getPeer());
      return { kind: fault.kind === 'timedOut' ? 'timedOut' : 'silent' };
  }
}
