import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Basis } from './cuts.js';

export interface Freshness {
  /** The answer can never change. */
  readonly pinned: boolean;
  /** Reading needs a key: nobody but the asker may keep it. */
  readonly personal: boolean;
}

/**
 * Sends the answer to a read, or 304 where the client has it. Serializes once. The tag is weak and leaves the basis out: a
 * second later `asOf` (now) differs and the answer is still the same (RFC 9110 §8.8.1, §13.1.2).
 */
export function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  body: { readonly basis: Basis } & Readonly<Record<string, unknown>>,
  { pinned, personal }: Freshness,
): void {
  const { basis, ...rest } = body;
  const content = JSON.stringify(rest);
  const tag = tagOf(content);
  const who = personal ? 'private' : 'public';
  reply
    .header('etag', tag)
    .header('cache-control', pinned ? `${who}, max-age=31536000, immutable` : `${who}, no-cache`)
    .header('vary', 'accept, authorization');
  if (isKnown(request.headers['if-none-match'], tag)) {
    reply.code(304).send();
    return;
  }
  const start = `{"basis":${JSON.stringify(basis)}`;
  reply.type('application/json').send(content === '{}' ? `${start}}` : `${start},${content.slice(1)}`);
}

export const tagOf = (content: string): string =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

/** Whether `If-None-Match` holds the tag; compared weakly, as it must be. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return header.split(',').some((known) => known.trim().replace(/^W\//, '') === opaque);
}
