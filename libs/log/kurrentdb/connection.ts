import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import { withTimeout, type Runtime } from '#runtime';
import type { Node } from './connection-string.js';

/**
 * Errors that are answers of the cluster. After any other error a client may never work again: its reads fail for ever after one
 * `unavailable`, and it waits for ever for a silent node.
 */
const ANSWERS = [
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
];

/** A client for one purpose; after a failure a new client replaces it. */
export class Connection {
  private current: KurrentDBClient | undefined;
  /** The leader that a node has named. The next client goes there, because the other nodes may not know it yet. */
  private leader: Node | undefined;

  constructor(
    private readonly runtime: Runtime,
    private readonly make: (node?: Node) => KurrentDBClient,
    /** Whether the client goes by itself to the leader that a node names: it does so for an append, and not for a read. */
    private readonly goesToLeader = false,
  ) {}

  get client(): KurrentDBClient {
    this.current ??= this.make(this.leader);
    this.leader = undefined;
    return this.current;
  }

  /** Does the work with a client. Rejects with TimeoutError after this time, or with the error of the client. */
  async call<T>(milliseconds: number, work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const { client } = this;
    try {
      return await withTimeout(this.runtime, milliseconds, work(client));
    } catch (error) {
      this.failed(client, error);
      throw error;
    }
  }

  /**
   * As `call`, but a hedged request (Dean and Barroso, "The Tail at Scale", 2013): after each `hedgeAfter` milliseconds without an answer, a new client,
   * which may go to another node, does the same beside the others. The first outcome counts, and its client stays. For work that changes nothing.
   */
  async callHedged<T>(
    milliseconds: number,
    hedgeAfter: number,
    work: (client: KurrentDBClient) => Promise<T>,
  ): Promise<T> {
    const withClient = async (client: KurrentDBClient) => ({ client, value: await work(client) });
    const { client, value } = await this.race(milliseconds, hedgeAfter, withClient);
    if (client !== this.current) this.renew(client);
    return value;
  }

  private race<T>(
    milliseconds: number,
    hedgeAfter: number,
    work: (client: KurrentDBClient) => Promise<T>,
  ): Promise<T> {
    const settled = new AbortController();
    const first = this.call(milliseconds, work).finally(() => settled.abort('settled'));
    const left = milliseconds - hedgeAfter;
    if (left <= 0) return first;
    const next = this.runtime.sleep(hedgeAfter, settled.signal).then(() => {
      if (settled.signal.aborted) return first;
      // The call with the first client continues.
      this.current = undefined;
      return this.race(left, hedgeAfter, work);
    });
    return Promise.race([first, next]);
  }

  /** Call it when the client has failed with this error. */
  failed(client: KurrentDBClient, error: unknown): void {
    if (client !== this.current || ANSWERS.some((answer) => error instanceof answer)) return;
    if (this.goesToLeader && error instanceof NotLeaderError) return;
    this.renew();
    if (error instanceof NotLeaderError) this.leader = error.leader;
  }

  /** Ends all work under way with the client: all of it goes to one node. */
  renew(next?: KurrentDBClient): void {
    const client = this.current;
    this.current = next;
    void client?.dispose().catch(() => undefined);
  }

  /** Cancels the work under way. */
  async close(): Promise<void> {
    const client = this.current;
    this.current = undefined;
    if (client === undefined) return;
    await withTimeout(this.runtime, 1_000, client.dispose()).catch(() => undefined);
  }
}
