import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** A TCP port in front of a node. Its connections can be cut, delayed or frozen, as in a network: neither end has a part in it. */
export class Door {
  private server: Server | undefined;
  private readonly outsiders = new Set<Socket>();
  /** The outer socket of each connection, by the port that the inner server sees. */
  private readonly passages = new Map<number, Socket>();
  private frozen: Promise<void> | undefined;
  private thawed: (() => void) | undefined;
  /** The delay of every packet in each direction, in milliseconds. */
  delay = 0;
  port = 0;

  constructor(
    private readonly inner: () => number,
    private readonly host = '127.0.0.1',
  ) {}

  /** Listens; after the first time, on the same port as before. */
  async open(): Promise<void> {
    const server = createServer((outside) => this.passage(outside));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP port was asked for');
    this.port = address.port;
    this.server = server;
  }

  /** Refuses new connections and closes the open connections. */
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

  /** No data passes until `thaw`, and neither end gets a sign of it. */
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
      // Broken connections are the purpose of a door.
    }
    to.destroy();
    from.destroy();
  }
}
