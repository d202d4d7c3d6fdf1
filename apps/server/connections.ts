import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long a connection may be silent, once the server stops, before it is cut. */
const SILENCE_MS = 500;

/**
 * Lets go of connections that would hold up a server that stops: those kept alive after their last answer, and those that
 * never asked anything, which Node does not count as idle. What is being answered is left alone.
 */
export class Connections {
  private readonly open = new Set<Socket>();
  /** Sockets with requests under way, and how many. */
  private readonly busy = new Map<Socket, number>();

  constructor(private readonly server: Server) {
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

  /** Goes on until the function that it answers is called. */
  letGo(): () => void {
    const started = Date.now();
    const sweep = setInterval(() => {
      this.server.closeIdleConnections();
      if (Date.now() - started < SILENCE_MS) return;
      for (const socket of this.open) if (!this.busy.has(socket)) socket.destroy();
    }, 50);
    return () => clearInterval(sweep);
  }
}
