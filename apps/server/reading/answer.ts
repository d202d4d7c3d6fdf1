import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

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
  body: { readonly basis: unknown; readonly [member: string]: unknown },
  freshness: Freshness,
): void {
  const { basis, ...rest } = body;
  answerRendered(request, reply, basis, rendered(rest), freshness);
}

/** Contents with the basis they were last sent with. */
const sent = new WeakMap<Buffer, { readonly start: string; readonly whole: Buffer }>();

/**
 * One text of both. It is kept as long as the content is: asked again as of the same moment, or within the same millisecond
 * where that is now, nothing is copied.
 */
function withBasis(basis: unknown, content: Buffer): Buffer {
  const start = `{"basis":${JSON.stringify(basis)}`;
  const last = sent.get(content);
  if (last?.start === start) return last.whole;
  const whole =
    content.length <= '{}'.length
      ? Buffer.from(`${start}}`)
      : Buffer.concat([Buffer.from(`${start},`), content.subarray('{'.length)]);
  sent.set(content, { start, whole });
  return whole;
}

/** The members of an answer besides the basis, as JSON in UTF-8, and the tag that stands for them. */
export interface Rendered {
  readonly content: Buffer;
  readonly tag: string;
}

export function rendered(members: object): Rendered {
  const content = Buffer.from(JSON.stringify(members));
  return { content, tag: tagOf(content) };
}

/** The same for an answer whose members besides the basis are JSON already; `basis` undefined: it has none. */
export function answerRendered(
  request: FastifyRequest,
  reply: FastifyReply,
  basis: unknown,
  { content, tag }: Rendered,
  { pinned, personal }: Freshness,
): void {
  const who = personal ? 'private' : 'public';
  reply
    .header('etag', tag)
    .header('cache-control', pinned ? `${who}, max-age=31536000, immutable` : `${who}, no-cache`)
    .header('vary', 'accept, authorization');
  if (isKnown(request.headers['if-none-match'], tag)) {
    reply.code(304).send();
    return;
  }
  reply.type('application/json').send(basis === undefined ? content : withBasis(basis, content));
}

export const tagOf = (content: string | Buffer): string =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

/** Whether `If-None-Match` holds the tag; compared weakly, as it must be. */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return header.split(',').some((known) => known.trim().replace(/^W\//, '') === opaque);
}
