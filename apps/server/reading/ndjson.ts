import type { ServerResponse } from 'node:http';
import type { Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientGone, drained, takenOver } from './client.js';
import { contentCodingFor, encoderIn, type ContentCoding } from './compression.js';

export const NDJSON = 'application/x-ndjson';

/** gzip comes first, because it takes less memory when many answers are sent at the same time. */
const STREAMED_CODINGS = ['gzip', 'br'] as const;

export const lineOf = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** An answer of lines under way. */
export interface Lines {
  /** Aborted when the client has disconnected. */
  readonly signal: AbortSignal;
  /** Sends whole lines. The promise, where there is one, is fulfilled when the client has taken them; wait for it before the next. */
  send(lines: string | Buffer): Promise<void> | undefined;
}

/** Answers with lines, at the pace of the client. Where `write` fails, the answer is cut off without an end. */
export async function sendLines(
  request: FastifyRequest,
  reply: FastifyReply,
  write: (lines: Lines) => Promise<unknown>,
  type = NDJSON,
): Promise<void> {
  const raw = takenOver(reply);
  const signal = clientGone(reply);
  const coding = contentCodingFor(request.headers['accept-encoding'], STREAMED_CODINGS);
  const before = raw.getHeader('vary');
  raw.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    vary: [...(before === undefined ? [] : [String(before)]), 'accept, accept-encoding'].join(', '),
    ...(coding !== undefined && { 'content-encoding': coding }),
  });
  if (request.method === 'HEAD') {
    raw.end();
    return;
  }
  const out = coding === undefined ? raw : encodedInto(raw, coding);
  try {
    await write({ signal, send: (lines) => (out.write(lines) ? undefined : drained(out)) });
    out.end();
  } catch (error) {
    // Otherwise a client could take the sent part for the whole answer.
    raw.destroy();
    if (!signal.aborted) throw error;
  }
}

/** A stream that writes to the response in the coding, and is destroyed with it. */
function encodedInto(raw: ServerResponse, coding: ContentCoding): Transform {
  const encoder = encoderIn(coding);
  encoder.once('error', () => raw.destroy()).pipe(raw);
  raw.once('close', () => encoder.destroy());
  return encoder;
}
