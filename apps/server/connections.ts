import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Runtime } from '#runtime';

/** The interval of the search for silent connections. */
const INTERVAL_MS = 50;
/** How long a connection may be silent, while the server stops, before it is closed. */
const SILENCE_MS = 500;

/**
 * Closes connections that would delay the stop of the server: kept-alive ones after their last answer, and ones without any request, which Node
 * does not count as idle. Requests under way are answered.
 */
export class Connections {
  private readonly open = new Set<Socket>();
  /** Sockets with requests under way, and the number of requests. */
  private readonly busy = new Map<Socket, number>();

  constructor(
    private readonly server: Server,
    private readonly runtime: Runtime,
  ) {
    server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.once('close', () => this.open.delete(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.busy.set(socket, (this.busy.get(socket) ?? 0) + 1);
      response.once('close', () => {
        const left = (this.busy.get(socket) ?? 1) - 1;
        if (left > 0) this.busy.set(socket, left);
        else this.busy.delete(socket);
      });
    });
  }

  /** Closes idle connections again and again, until the returned function is called. */
  closeIdle(): () => void {
    const ended = new AbortController();
    void this.sweep(ended.signal);
    return () => ended.abort();
  }

  private async sweep(ended: AbortSignal): Promise<void> {
    const started = this.runtime.elapsed();
    for (;;) {
      await this.runtime.sleep(INTERVAL_MS, ended);
      if (ended.aborted) return;
      this.server.closeIdleConnections();
      if (this.runtime.elapsed() - started < SILENCE_MS) continue;
      for (const socket of this.open) if (!this.busy.has(socket)) socket.destroy();
    }
  }
}
