import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Runtime } from '#runtime';

/** The interval of the search for silent connections. */
const INTERVAL_MS = 50;
/** How long a connection may be silent, while the server stops, before it is closed. */
const SILENCE_MS = 500;

/**
 * Closes connections that would delay the stop of the server: kept-alive connections after their last answer, and connections without any
 * request, which Node does not count as idle. Requests under way are answered.
 */
export class Connections {
  /** Each with the answer to its last request: answers are sent in the order of the requests (RFC 9112 §9.3.2). */
  private readonly open = new Map<Socket, ServerResponse | undefined>();

  constructor(
    private readonly server: Server,
    private readonly runtime: Runtime,
  ) {
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, undefined);
      socket.once('close', () => this.open.delete(socket));
    });
    server.on('request', ({ socket }, answer) => {
      if (this.open.has(socket)) this.open.set(socket, answer);
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
      for (const [socket, answer] of this.open) if (answer?.writableFinished !== false) socket.destroy();
    }
  }
}
