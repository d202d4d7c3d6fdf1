import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { BODY_LIMIT } from './json-body.js';

/** How much of a refused body is read on, and for how long, before it is answered all the same. */
const MOST_BYTES = 4 * BODY_LIMIT;
const PATIENCE_MS = 5_000;

/**
 * Lets a client finish sending a body that was refused early (too large, of another type): most look at the answer only
 * then, and would find the connection broken instead (RFC 9112 §9.6). What they send is thrown away.
 */
export function readUnreadBodies(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    const { raw } = request;
    if (raw.complete || raw.destroyed || !hasBody(raw)) done();
    else void rest(raw).then(() => done());
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function rest(raw: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let left = MOST_BYTES;
    const count = (chunk: Buffer | string): void => {
      left -= chunk.length;
      if (left < 0) finish();
    };
    const finish = (): void => {
      clearTimeout(late);
      raw.off('data', count).off('end', finish).off('close', finish);
      resolve();
    };
    const late = setTimeout(finish, PATIENCE_MS);
    raw.on('data', count).on('end', finish).on('close', finish).resume();
  });
}
