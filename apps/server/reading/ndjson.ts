import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone } from './client.js';

export const NDJSON = 'application/x-ndjson';

export const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** An answer of lines under way. */
export interface Lines {
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** Sends whole lines. The promise, where there is one, is fulfilled when the client has taken them; wait for it before the next. */
  send(lines: string | Buffer): Promise<void> | undefined;
}

/** Answers with lines, at the pace of the client. Where `write` fails, the answer is cut off without an end. */
export async function sendLines(
  request: FastifyRequest,
  reply: FastifyReply,
  write: (lines: Lines) => Promise<unknown>,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  const signal = clientGone(reply);
  raw.writeHead(200, {
    'content-type': NDJSON,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  try {
    const send = (lines: string | Buffer) => (raw.write(lines) ? undefined : drained(raw));
    if (request.method !== 'HEAD') await write({ signal, send });
    raw.end();
  } catch (error) {
    // So that nobody takes what was sent for the whole.
    raw.destroy();
    if (!signal.aborted) throw error;
  }
}

/** When all that was written has gone out, or the client has. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
