import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { detailsOf, headersOf, Problem } from './problems/problem.js';

/** Requests that wait for `100 Continue` before they send their body. */
const waiting = new WeakSet<IncomingMessage>();

/**
 * The rules of HTTP/1.1 about which Node answers without a body, or closes the connection without an answer. With this, each such answer is a problem, and
 * `100 Continue` is sent when the body is read: a request that is refused earlier gets its answer instead (RFC 9110 §10.1.1).
 */
export function answerByProtocol(fastify: FastifyInstance): void {
  const { server } = fastify;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request);
    server.emit('request', request, response);
  });
  // An expectation other than 100-continue may be ignored (RFC 9110 §10.1.1).
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    server.emit('request', request, response);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    // Node has removed its own listener, and an error without a listener ends the process.
    socket.on('error', () => socket.destroy());
    answerOnSocket(
      socket,
      new Problem('method-not-allowed', 'This server is no proxy.', {
        headers: { allow: 'GET, HEAD, POST' },
      }),
    );
  });
  fastify.addHook('onRequest', ({ raw }, _reply, done) => done(faultOf(raw)));
  fastify.addHook('preParsing', ({ raw, routeOptions }, reply, _payload, done) => {
    const isTooLarge = Number(raw.headers['content-length']) > routeOptions.bodyLimit;
    if (!isTooLarge && waiting.delete(raw)) reply.raw.writeContinue();
    done();
  });
}

/** Whether the request still waits for `100 Continue`: its client has not sent the body. */
export const isWaitingToSend = (request: IncomingMessage): boolean => waiting.has(request);

/** RFC 9112 §3.2: one Host. §6.1: `chunked` is the only coding that this server knows. */
function faultOf({ httpVersionMinor, headers, rawHeaders }: IncomingMessage): Problem | undefined {
  const hosts = rawHeaders.filter(
    (name, n) => n % 2 === 0 && name.length === 4 && /^host$/i.test(name),
  ).length;
  if (hosts > 1) return new Problem('malformed-request', 'The request has more than one Host.');
  if (headers.host === undefined && httpVersionMinor > 0)
    return new Problem('malformed-request', 'The request has no Host.');
  const coding = headers['transfer-encoding']?.trim().toLowerCase();
  if (coding === undefined || coding === 'chunked') return undefined;
  return new Problem('unsupported-media-type', 'Send the body with no Transfer-Encoding but chunked.', {
    headers: { 'accept-encoding': 'identity' },
  });
}

/** Without valid HTTP there is no request; the answer goes to the socket. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const detail = isLong ? 'The head of the request is over 16 KiB.' : 'This is not well-formed HTTP.';
  answerOnSocket(socket, new Problem('malformed-request', detail));
}

function answerOnSocket(socket: Socket, problem: Problem): void {
  const details = detailsOf(problem, '/');
  const body = JSON.stringify(details);
  const head = [
    `HTTP/1.1 ${details.status} ${STATUS_CODES[details.status]}`,
    ...Object.entries(headersOf(problem)).map(([name, value]) => `${name}: ${value}`),
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end([...head, 'connection: close', '', body].join('\r\n'));
}
