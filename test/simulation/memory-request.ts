import { IncomingMessage, ServerResponse, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a server a request without a network, so that no time passes while it is sent. Returns the status, the body and its type. */
export function askInMemory(
  server: Server,
  { method, path, headers, body }: Asked,
): Promise<{ readonly status: number; readonly text: string; readonly type: string }> {
  const socket = new PassThrough() as unknown as Socket;
  const request = new IncomingMessage(socket);
  Object.assign(request, { method, url: path, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 });
  request.headers = { host: 'simulated', ...headers };
  if (body !== undefined) {
    request.headers['content-length'] = String(Buffer.byteLength(body));
    request.push(body);
  }
  request.push(null);
  request.complete = true;
  const response = new ServerResponse(request);
  response.assignSocket(socket);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    response.once('finish', () => {
      const sent = Buffer.concat(chunks).toString();
      const type = String(response.getHeader('content-type'));
      resolve({ status: response.statusCode, text: sent.slice(sent.indexOf('\r\n\r\n') + 4), type });
    });
    server.emit('request', request, response);
  });
}
