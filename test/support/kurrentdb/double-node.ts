import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import type { Certificates } from '../certificates.js';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { Door } from './door.js';
import type { Faults } from './faults.js';
import { supportedMethods } from './features.js';
import { gossipRead, type Member } from './gossip.js';
import { featuresService, gossipService, streams, streamsService } from './protocol.js';
import { read } from './read.js';
import { asError, type Credentials, type ServingNode } from './serving-node.js';
import { streamDeleted, type Endpoint } from './errors.js';
import type { Store } from './store.js';

export interface NodeOptions {
  readonly store: Store;
  readonly faults: Faults;
  readonly version: string;
  readonly maxAppendSize: number;
  /** The certificates for TLS; without them the node listens without TLS. */
  readonly certificates: Certificates | undefined;
  readonly credentials: Credentials | undefined;
  readonly clock: () => number;
  readonly members: () => readonly Member[];
  readonly leader: () => DoubleNode | undefined;
}

/** A node of the double: a gRPC server behind a door of its own. */
export class DoubleNode implements Endpoint {
  /** The host in the node's address. With TLS it is a name, because a handshake may not have an address (RFC 6066 §3). */
  readonly address: string;
  readonly instanceId = crypto.randomUUID();
  private readonly server: Server;
  private readonly door: Door;
  private readonly watchers = new Set<() => void>();
  private inner = 0;
  private heldAt: bigint | undefined;

  constructor(private readonly options: NodeOptions) {
    this.server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    this.door = new Door(() => this.inner);
    this.address = options.certificates === undefined ? '127.0.0.1' : 'localhost';
    this.serve();
    options.store.watch(() => this.told());
  }

  get port(): number {
    return this.door.port;
  }

  get isUp(): boolean {
    return this.door.isOpen;
  }

  /** Starts the node; after the first time, on the same port as before. */
  async start(): Promise<void> {
    if (this.inner === 0) {
      this.inner = await new Promise<number>((resolve, reject) =>
        this.server.bindAsync('127.0.0.1:0', this.listening(), (error, port) =>
          error === null ? resolve(port) : reject(error),
        ),
      );
    }
    await this.door.open();
  }

  /** Stops the node: its connections break, and it accepts no new ones. It can be started again. */
  async stop(): Promise<void> {
    await this.door.close();
  }

  /** Stops the node for ever. */
  async dispose(): Promise<void> {
    this.door.thaw();
    await this.door.close();
    this.server.forceShutdown();
  }

  /** Breaks every connection to the node, which continues to run. */
  cut(): void {
    this.door.cutAll();
  }

  /** No data goes in or out until `thaw`, as with a process that hangs, or a network that loses packets. */
  freeze(): void {
    this.door.freeze();
  }

  thaw(): void {
    this.door.thaw();
  }

  /** Delays all data by this number of milliseconds in each direction. */
  delay(milliseconds: number): void {
    this.door.delay = milliseconds;
  }

  /** Until `release` the node gets nothing new from the leader, so its answers are old. */
  hold(): void {
    this.heldAt ??= this.options.store.end;
  }

  release(): void {
    this.heldAt = undefined;
    this.told();
  }

  private listening(): ServerCredentials {
    const { certificates } = this.options;
    if (certificates === undefined) return ServerCredentials.createInsecure();
    return ServerCredentials.createSsl(null, [
      { private_key: Buffer.from(certificates.key), cert_chain: Buffer.from(certificates.certificate) },
    ]);
  }

  private told(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  private serve(): void {
    const { store, faults, version, maxAppendSize, clock, members, leader, credentials } = this.options;
    const node: ServingNode = {
      store,
      faults,
      version,
      maxAppendSize,
      clock,
      leader,
      credentials,
      isLeader: () => leader() === this,
      has: () => this.heldAt ?? store.end,
      cut: (peer) => this.door.cut(peer),
      watch: (watcher) => {
        this.watchers.add(watcher);
        return () => this.watchers.delete(watcher);
      },
    };
    this.server.addService(streamsService.StreamsService, {
      read: read(node),
      append: append(node),
      batchAppend: batchAppend(node),
      tombstone: tombstone(node),
    });
    this.server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: supportedMethods(node),
    });
    this.server.addService(gossipService.GossipService, { read: gossipRead(node, members) });
  }
}

/** Deletes a stream for ever, at any revision. */
const tombstone =
  (node: ServingNode): handleUnaryCall<streams.TombstoneReq, streams.TombstoneResp> =>
  (call, callback) => {
    const identifier = call.request.getOptions()?.getStreamIdentifier();
    const stream = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
    if (node.store.isDeleted(stream)) return callback(asError(streamDeleted(stream)));
    const position = String(node.store.tombstone(stream));
    const at = new streams.TombstoneResp.Position();
    at.setCommitPosition(position);
    at.setPreparePosition(position);
    return callback(null, new streams.TombstoneResp().setPosition(at));
  };
