import { DoubleNode } from './double-node.js';
import { Faults, type Call, type Fault } from './faults.js';
import type { Member } from './gossip.js';
import { Store } from './store.js';

export type { Call, Fault } from './faults.js';
export type { DoubleNode } from './double-node.js';
export type { StoredEvent } from './stream-write.js';

export interface DoubleOptions {
  /** What the server says it is: `24.2.0`, `25.1.0`, `26.0.0`; the last by default. */
  readonly version?: string;
  /** How many nodes; 1 by default. The first leads. */
  readonly nodes?: number;
  /** Milliseconds since the epoch: the `created` of events. The clock of the machine by default. */
  readonly clock?: () => number;
  /** Bytes of one append; 1 MiB by default, as with the server. */
  readonly maxAppendSize?: number;
  /** Whether other applications and the server itself write in between; they do by default. */
  readonly neighbours?: boolean;
  /** How many ids the server remembers where any revision is expected; none by default: its idempotency is best effort. */
  readonly remembers?: number;
}

/** A KurrentDB server, or a cluster of them, in memory: for tests. */
export interface Double {
  /** For the vendor's client: one node, or all of a cluster, of which it asks who leads. */
  readonly connectionString: string;
  /** The same by `+discover`. */
  readonly discoverString: string;
  readonly nodes: readonly DoubleNode[];
  readonly store: Store;
  /** The next call of that kind, on whichever node, fails that way; or the next few. */
  readonly failNext: (call: Call, fault: Fault, times?: number) => void;
  /** Faults of that call that have not happened yet. */
  readonly pendingFaults: (call: Call) => number;
  /** The node of that index leads from now on; undefined: nobody does. */
  readonly elect: (index: number | undefined) => void;
  readonly stop: () => Promise<void>;
}

export async function double(options: DoubleOptions = {}): Promise<Double> {
  const clock = options.clock ?? Date.now;
  const store = new Store({
    clock,
    neighbours: options.neighbours ?? true,
    remembers: options.remembers ?? 0,
  });
  const faults = new Faults();
  const nodes: DoubleNode[] = [];
  let leader: number | undefined = 0;
  const members = (): Member[] =>
    nodes.map((node, index) => ({
      address: node.address,
      port: node.port,
      instanceId: node.instanceId,
      alive: node.isUp,
      state: leader === undefined ? 'unknown' : index === leader ? 'leader' : 'follower',
    }));
  for (let index = 0; index < (options.nodes ?? 1); index += 1) {
    const node = new DoubleNode({
      store,
      faults,
      clock,
      members,
      version: options.version ?? '26.0.0',
      maxAppendSize: options.maxAppendSize ?? 1024 * 1024,
      leader: () => (leader === undefined ? undefined : nodes[leader]),
    });
    nodes.push(node);
    await node.start();
  }
  // The client waits that long before it connects, and between attempts: 100 ms to write, 500 ms to read unless it is told.
  const settings = 'tls=false&discoveryInterval=20';
  const hosts = nodes.map(({ address, port }) => `${address}:${port}`);
  return {
    connectionString: `kurrentdb://${hosts.join(',')}?${settings}`,
    discoverString: `kurrentdb+discover://${hosts[0] ?? ''}?${settings}`,
    nodes,
    store,
    failNext: (call, fault, times) => faults.failNext(call, fault, times),
    pendingFaults: (call) => faults.pending(call),
    elect: (index) => (leader = index),
    stop: async () => {
      for (const node of nodes) await node.dispose();
    },
  };
}
