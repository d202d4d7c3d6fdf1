import { createHash, type Hash } from 'node:crypto';
import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Interruptible } from '#runtime';
import type { Settings } from '../../settings.js';
import { SETTINGS_TOKEN } from '../provided.js';

/** The answer of a handler to a read; `AnswerInterceptor` sends it, or 304 where the client has it already. */
export interface Answer {
  /** The body is computed only if it is sent. */
  readonly body: () => Buffer | string;
  readonly type: string;
  /** How long a cache may keep it: the directives of Cache-Control, without `public` and `private`. */
  readonly fresh: string;
  /** The request headers on which the answer depends. */
  readonly vary: string;
  readonly tag?: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const IMMUTABLE = 'max-age=31536000, immutable';

/** An answer in JSON with its basis. Serialized once. */
export function answered(
  { basis, ...members }: { readonly basis: unknown; readonly [member: string]: unknown },
  pinned: boolean,
): Answer {
  return answeredAs(rendered(members), { basis }, pinned);
}

/**
 * An answer whose other members are JSON already, after the members of `head`: the basis, and the link to the next page. `pinned`: it can
 * never change. The tag is weak and leaves the head out: a second later, `asOf` (now) differs, but the answer is still the same (RFC 9110
 * §8.8.1, §13.1.2).
 */
export function answeredAs({ content, tag }: Rendered, head: object | undefined, pinned: boolean): Answer {
  return {
    body: () => (head === undefined ? content : withHead(head, content)),
    type: 'application/json',
    fresh: pinned ? IMMUTABLE : 'no-cache',
    vary: 'accept, authorization',
    tag,
  };
}

/** An answer without a tag. */
export const untagged = (body: Buffer | string, type: string, fresh = 'no-cache'): Answer => ({
  body: () => body,
  type,
  fresh,
  vary: 'authorization',
});

/** The text of an answer in UTF-8, in JSON without its head, and its tag. */
export interface Rendered {
  readonly content: Buffer;
  readonly tag: string;
}

export const rendered = (members: object): Rendered => renderedTexts([JSON.stringify(members)]);

/** Renders as `rendered` does, but takes the JSON in parts: to join the items of a long list into one text takes longer than to find them. */
export function renderedTexts(json: readonly string[]): Rendered {
  const content = bytesOf(json);
  return { content, tag: tagOf(content) };
}

/** The characters of JSON that are written without a turn for other work. */
const WRITTEN_AT_A_TIME = 1 << 18;

/** An answer with one list, rendered as `rendered` does, but in turns with other work. */
export function* renderedList(name: string, items: readonly object[]): Interruptible<Rendered> {
  const hash = createHash('sha256');
  const written: Buffer[] = [];
  let text = `{${JSON.stringify(name)}:[`;
  const write = (): void => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    written.push(bytes);
    text = '';
  };
  for (const [index, item] of items.entries()) {
    if (text.length >= WRITTEN_AT_A_TIME) {
      write();
      yield;
    }
    text += index > 0 ? `,${JSON.stringify(item)}` : JSON.stringify(item);
  }
  text += ']}';
  write();
  return { content: Buffer.concat(written), tag: tagWith(hash) };
}

/** The texts in UTF-8, one after the other. */
function bytesOf(texts: readonly string[]): Buffer {
  let length = 0;
  for (const text of texts) length += Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(length);
  let end = 0;
  for (const text of texts) end += bytes.write(text, end);
  return bytes;
}

/** A JSON list in parts, of the JSON of its items. */
export function listInParts(items: readonly string[]): string[] {
  const parts = ['['];
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(',');
    parts.push(item);
  }
  parts.push(']');
  return parts;
}

/** The last whole text of each content, with the head that it begins with. */
const sent = new WeakMap<Buffer, { readonly start: string; readonly text: Buffer }>();

/**
 * Head and content in one text. It is remembered as long as the content: a second request with the same head copies nothing.
 */
function withHead(head: object, content: Buffer): Buffer {
  const start = JSON.stringify(head).slice(0, -'}'.length);
  const last = sent.get(content);
  if (last?.start === start) return last.text;
  const text =
    content.length <= '{}'.length
      ? Buffer.from(`${start}}`)
      : Buffer.concat([Buffer.from(`${start},`), content.subarray('{'.length)]);
  sent.set(content, { start, text });
  return text;
}

/** Sends the answers of reads: with headers for caches, and 304 to `If-None-Match`. Other values pass unchanged. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor<Answer | undefined> {
  private readonly reader: string;

  constructor(@Inject(SETTINGS_TOKEN) settings: Settings) {
    // Where reading needs a key, only the reader may keep an answer.
    this.reader = settings.read === 'key' ? 'private' : 'public';
  }

  intercept(context: ExecutionContext, next: CallHandler<Answer | undefined>): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      map((answer) => {
        if (answer === undefined) return undefined;
        const { tag, type, fresh, vary, body, headers = {} } = answer;
        const reply = http.getResponse<FastifyReply>();
        reply.header('cache-control', `${this.reader}, ${fresh}`).headers(headers);
        varyBy(reply, vary);
        if (tag !== undefined) {
          reply.header('etag', tag);
          const request = http.getRequest<FastifyRequest>();
          if (isCurrent(request.headers, tag, headers['last-modified'])) {
            reply.code(304);
            return undefined;
          }
        }
        reply.type(type);
        return body();
      }),
    );
  }
}

/** Adds to the request headers on which the answer depends (RFC 9110 §12.5.5); other code may have added some. */
export function varyBy(reply: FastifyReply, headers: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? headers : `${String(before)}, ${headers}`);
}

export const tagOf = (content: string | Buffer): string => tagWith(createHash('sha256').update(content));

const tagWith = (hash: Hash): string => `W/"${hash.digest('base64url').slice(0, 27)}"`;

/** Whether the client has the answer: by its tag or, where the client names no tag, by the time of the last change (RFC 9110 §13.2.2). */
function isCurrent(headers: FastifyRequest['headers'], tag: string, modified: string | undefined): boolean {
  const since = headers['if-modified-since'];
  if (headers['if-none-match'] !== undefined || modified === undefined || since === undefined)
    return isKnown(headers['if-none-match'], tag);
  return Date.parse(since) >= Date.parse(modified);
}

/** Whether `If-None-Match` contains the tag, by weak comparison (RFC 9110 §13.1.2). */
export function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return header.split(',').some((known) => known.trim().replace(/^W\//, '') === opaque);
}
