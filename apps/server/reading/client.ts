import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** The client is gone: the reason why work was ended. It is not a fault, and nobody waits for an answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

const signals = new WeakMap<FastifyReply, AbortSignal>();

/** Aborted when the client closes the connection before it has the whole answer: nobody needs the work then. */
export function clientGone(reply: FastifyReply): AbortSignal {
  const known = signals.get(reply);
  if (known) return known;
  const { raw } = reply;
  const gone = new AbortController();
  if (raw.destroyed) gone.abort(new ClientGone());
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new ClientGone());
  });
  signals.set(reply, gone.signal);
  return gone.signal;
}

/** Does work for a request that has no reply yet; its signal is aborted when the client closes the connection. */
export async function whileConnected<T>(
  { socket }: IncomingMessage,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  const end = (): void => gone.abort(new ClientGone());
  if (socket.destroyed) end();
  socket.once('close', end);
  try {
    return await work(gone.signal);
  } finally {
    socket.off('close', end);
  }
}

/** A parameter of a handler: `clientGone` of its reply. */
export const Gone = createParamDecorator((_: unknown, context: ExecutionContext) =>
  clientGone(context.switchToHttp().getResponse<FastifyReply>()),
);

/**
 * A parameter of a handler: a function that makes the signal when it is called. A signal takes as long to make as a remembered answer takes
 * to find.
 */
export const WhenGone = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  return () => clientGone(reply);
});

/** Takes the answer over from Fastify: it is written to the response of Node, which has the headers that hooks have set so far. */
export function takenOver(reply: FastifyReply): ServerResponse {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
  return reply.raw;
}

/** Resolves when everything written has been sent, or the client has disconnected. */
export function drained(response: Writable): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
