import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * The TCP port of a node. Its connections can be cut, delayed or frozen, as by a network: neither end agrees to it.
 */
export class Door {
  private server: Server | undefined;
  private readonly outsiders = new Set<Socket>();
  /** The outer socket of a connection, by the port that the inner server sees. */
  private readonly passages = new Map<number, Socket>();
  private frozen: Promise<void> | undefined;
  private thawed: (() => void) | undefined;
  /** How long every packet takes, each way, in milliseconds. */
  delay = 0;
  port = 0;

  constructor(
    private readonly inner: () => number,
    private readonly host = '127.0.0.1',
  ) {}

  /** Listens, on the same port as before where there was one. */
  async open(): Promise<void> {
    const server = createServer((outside) => this.passage(outside));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP port was asked for');
    this.port = address.port;
    this.server = server;
  }

  /** Refuses new connections and ends the open ones. */
  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    this.cutAll();
    await closed;
  }

  get isOpen(): boolean {
    return this.server !== undefined;
  }

  /** Cuts the connection that the inner server knows as `127.0.0.1:port`. */
  cut(peer: string): void {
    this.passages.get(Number(peer.split(':').at(-1)))?.destroy();
  }

  cutAll(): void {
    for (const outside of [...this.outsiders]) outside.destroy();
  }

  /** Nothing passes until `thaw`, without a sign to either end. */
  freeze(): void {
    this.frozen ??= new Promise((resolve) => (this.thawed = resolve));
  }

  thaw(): void {
    this.thawed?.();
    this.frozen = undefined;
  }

  private passage(outside: Socket): void {
    this.outsiders.add(outside);
    outside.once('close', () => this.outsiders.delete(outside));
    const inside = connect(this.inner(), this.host);
    inside.setNoDelay(true);
    outside.setNoDelay(true);
    inside.once('connect', () => {
      const key = inside.localPort ?? 0;
      this.passages.set(key, outside);
      inside.once('close', () => {
        if (this.passages.get(key) === outside) this.passages.delete(key);
      });
    });
    void this.carry(outside, inside);
    void this.carry(inside, outside);
  }

  private async carry(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
        await this.frozen;
        if (to.destroyed) break;
        if (!to.write(chunk as Buffer)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
      to.end();
    } catch {
      // A door exists to break connections.
    }
    to.destroy();
    from.destroy();
  }
}
