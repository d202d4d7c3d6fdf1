import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificates, type Certificates } from '../certificates.js';
import { DoubleNode } from './double-node.js';
import { Faults, type Call, type Fault } from './faults.js';
import type { Member } from './gossip.js';
import type { Credentials } from './serving-node.js';
import { Store } from './store.js';

export type { Call, Fault } from './faults.js';
export type { DoubleNode } from './double-node.js';

export interface DoubleOptions {
  /** What the server says it is: `23.10.0` or `24.2.0`; the last by default. */
  readonly version?: string;
  /** How many nodes; 1 by default. The first leads. */
  readonly nodes?: number;
  /** Milliseconds since the epoch: the `created` of events. The clock of the machine by default. */
  readonly clock?: () => number;
  /** Bytes of one append; 1 MiB by default, as with the server. */
  readonly maxAppendSize?: number;
  /** Listens with TLS, by an authority of its own, and lets one user in. */
  readonly secure?: Credentials;
  /** How many ids the server remembers where any revision is expected; 1,000 by default. */
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
  /** The next call of that kind, on any node, fails in that way; or the next few. */
  readonly failNext: (call: Call, fault: Fault, times?: number) => void;
  /** No more of the faults that were asked for happen. */
  readonly clearFaults: () => void;
  /** How many appends the nodes were asked for. */
  readonly appends: number;
  /** Faults of that call that have not happened yet. */
  readonly pendingFaults: (call: Call) => number;
  /** The node of that index leads from now on; undefined: nobody does. */
  readonly elect: (index: number | undefined) => void;
  readonly stop: () => Promise<void>;
}

const DEFAULTS = {
  clock: Date.now,
  remembers: 1_000,
  version: '24.2.0',
  maxAppendSize: 1024 * 1024,
  nodes: 1,
};

export async function double(options: DoubleOptions = {}): Promise<Double> {
  const { clock, remembers, version, maxAppendSize, ...given } = { ...DEFAULTS, ...options };
  const store = new Store({ clock, remembers });
  const faults = new Faults();
  const security = given.secure && new Security(given.secure);
  const nodes: DoubleNode[] = [];
  let leader: number | undefined = 0;
  const members = (): Member[] =>
    nodes.map((node, index) => ({
      address: node.address,
      port: node.port,
      instanceId: node.instanceId,
      alive: node.isUp,
      state: stateOf(index, leader),
    }));
  for (let index = 0; index < given.nodes; index += 1) {
    const node = new DoubleNode({
      store,
      faults,
      clock,
      members,
      version,
      maxAppendSize,
      certificates: security?.certificates,
      credentials: given.secure,
      leader: () => (leader === undefined ? undefined : nodes[leader]),
    });
    nodes.push(node);
    await node.start();
  }
  // The client waits that long before it connects, and between attempts: 100 ms to write, 500 ms to read unless it is told.
  const settings = `${security?.settings ?? 'tls=false'}&discoveryInterval=20`;
  const user = security?.user ?? '';
  const hosts = nodes.map(({ address, port }) => `${address}:${port}`);
  return {
    connectionString: `kurrentdb://${user}${hosts.join(',')}?${settings}`,
    discoverString: `kurrentdb+discover://${user}${hosts[0] ?? ''}?${settings}`,
    nodes,
    store,
    failNext: (call, fault, times) => faults.failNext(call, fault, times),
    clearFaults: () => faults.clear(),
    get appends() {
      return faults.asked('append');
    },
    pendingFaults: (call) => faults.pending(call),
    elect: (index) => (leader = index),
    stop: async () => {
      for (const node of nodes) await node.dispose();
      security?.dispose();
    },
  };
}

function stateOf(index: number, leader: number | undefined): Member['state'] {
  if (leader === undefined) return 'unknown';
  return index === leader ? 'leader' : 'follower';
}

/** The client takes the authority from a file. */
class Security {
  readonly certificates: Certificates = certificates();
  private readonly folder = mkdtempSync(join(tmpdir(), 'borderline-authority-'));
  readonly user: string;
  readonly settings: string;

  constructor({ username, password }: Credentials) {
    const file = join(this.folder, 'authority.pem');
    writeFileSync(file, this.certificates.authority);
    this.user = `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
    this.settings = `tls=true&tlsCAFile=${encodeURIComponent(file)}`;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
