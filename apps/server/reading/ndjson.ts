import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const NDJSON = 'application/x-ndjson';

/** Streams values, one a line, at the reader's pace. Where `batches` fails, the answer is cut off without an end. */
export async function streamLines(
  request: FastifyRequest,
  reply: FastifyReply,
  batches: AsyncIterable<readonly unknown[]>,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': NDJSON,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  try {
    if (request.method !== 'HEAD') await write(batches, raw);
    raw.end();
  } catch (error) {
    // So that nobody takes the part for the whole.
    raw.destroy();
    throw error;
  }
}

async function write(batches: AsyncIterable<readonly unknown[]>, to: ServerResponse): Promise<void> {
  for await (const batch of batches) {
    if (to.destroyed) return;
    const lines = batch.map((value) => `${JSON.stringify(value)}\n`).join('');
    if (!to.write(lines)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
  }
}
