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
  /** The version that the server reports: `23.10.0` or `24.2.0`; the latter by default. */
  readonly version?: string;
  /** The number of nodes; 1 by default. The first node leads. */
  readonly nodes?: number;
  /** Milliseconds since the epoch for the `created` of events; by default the clock of the machine. */
  readonly clock?: () => number;
  /** The most bytes of one append; 1 MiB by default, as with the server. */
  readonly maxAppendSize?: number;
  /** The one user that may connect, with TLS and an authority of the double; without it there is no TLS, and anybody may connect. */
  readonly secure?: Credentials;
  /** The number of ids that the server remembers for appends that expect any revision; 1,000 by default. */
  readonly remembers?: number;
}

/** A KurrentDB server, or a cluster of them, in memory: for tests. */
export interface Double {
  /** The connection string for the vendor's client: one node, or all nodes of a cluster, which the client asks for the leader. */
  readonly connectionString: string;
  /** The connection string of the same cluster with `+discover`. */
  readonly discoverString: string;
  readonly nodes: readonly DoubleNode[];
  readonly store: Store;
  /** The next call of this kind, or the next calls, fail in this way, on any node. */
  readonly failNext: (call: Call, fault: Fault, times?: number) => void;
  /** The faults that were requested and have not happened yet do not happen. */
  readonly clearFaults: () => void;
  /** The number of appends that the nodes were asked for. */
  readonly appends: number;
  /** The number of requested faults of this call that have not happened yet. */
  readonly pendingFaults: (call: Call) => number;
  /** From now on the node with this index leads; with undefined, no node leads. */
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
  // `discoveryInterval` is the client's wait before it connects, and between attempts; its defaults are 100 ms for writes and 500 ms for reads.
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

/** The certificates of the double, with a file of the authority for the client. */
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
