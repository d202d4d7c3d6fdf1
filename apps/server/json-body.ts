import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { JsonError, MOST_VALUES, parsingJson } from '#json';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { Problem } from './problems/problem.js';
import { isWaitingToSend } from './protocol.js';
import { whileConnected } from './reading/client.js';

/** 10,000 developments of a usual size have 15 MiB. */
export const BODY_LIMIT = 32 * 1024 * 1024;
/** The limit of a route that needs the scope `read`, and so may need no key: the body is a receipt with its answer. */
export const READERS_BODY_LIMIT = 4 * 1024 * 1024;

/** The most values in a body of such a route. An answer about 1,000 crossings has 40,000. */
const READERS_VALUES = 100_000;

const JSON_TYPE = 'application/json';
/** One CloudEvent, and a list of them, as JSON (CloudEvents JSON event format §3, §4). */
export const CLOUDEVENT = 'application/cloudevents+json';
export const CLOUDEVENTS_BATCH = 'application/cloudevents-batch+json';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The types of body that the route accepts in addition to `application/json`. */
    readonly takes?: readonly string[];
  }
}

/**
 * Bodies are JSON in UTF-8. A body of another type, or with an encoding, is refused before it is read. A long body is parsed in turns with other
 * long work.
 */
export function acceptJsonOnly(fastify: FastifyInstance, log: Pick<EventLog, 'turns'>): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    [JSON_TYPE, CLOUDEVENT, CLOUDEVENTS_BATCH],
    { parseAs: 'buffer' },
    (request, body, done) => {
      const noList = mediaType(request.headers['content-type'] ?? '')?.essence !== CLOUDEVENTS_BATCH;
      const values = request.routeOptions.config.needs === 'read' ? READERS_VALUES : MOST_VALUES;
      const parsing = parsingJson(body as Buffer, { values, noList });
      let begun: IteratorResult<void, unknown>;
      try {
        begun = parsing.next();
      } catch (error) {
        return done(refusalBy(error));
      }
      if (begun.done === true) return done(null, begun.value);
      const parsed = whileConnected(request.raw, (signal) =>
        log.turns.finish(parsing, { lane: 'answers', signal }),
      );
      void parsed.then(
        (value) => done(null, value),
        (error: unknown) => done(refusalBy(error)),
      );
    },
  );
  fastify.addHook('onRequest', ({ is404, raw, route }, _reply, done) => {
    if (!is404 && raw.method !== 'GET' && raw.method !== 'HEAD' && hasBody(raw))
      assertTaken(raw, route.takes ?? []);
    done();
  });
}

/** Applies to routes that are added later. */
export function limitBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config?.needs === 'read') route.bodyLimit = READERS_BODY_LIMIT;
  });
}

const PROBLEM = {
  malformed: 'malformed-body',
  excessive: 'too-many-members',
  inexact: 'inexact-value',
} as const;

function refusalBy(error: unknown): Error {
  if (!(error instanceof JsonError)) return error as Error;
  return new Problem(PROBLEM[error.code], `The body ${error.message}.`, {
    errors: error.faults,
    cause: error,
  });
}

/** `more`: the types in addition to JSON. Throws Problem `unsupported-media-type` (RFC 9110 §15.5.16). */
function assertTaken({ headers }: IncomingMessage, more: readonly string[]): void {
  const codings = headers['content-encoding']?.toLowerCase().split(/[\s,]+/) ?? [];
  if (!codings.every((coding) => coding === '' || coding === 'identity')) {
    throw new Problem('unsupported-media-type', 'Send the body without a Content-Encoding.', {
      headers: { 'accept-encoding': 'identity' },
    });
  }
  const type = mediaType(headers['content-type'] ?? '');
  const isTaken = type !== undefined && (type.essence === JSON_TYPE || more.includes(type.essence));
  if (isTaken && type.isUtf8) return;
  const taken = [JSON_TYPE, ...more];
  const detail = isTaken
    ? 'The charset of the body must be UTF-8 (RFC 8259 §8.1).'
    : `The body must be JSON, with Content-Type: ${taken.join(' or ')}.`;
  throw new Problem('unsupported-media-type', detail, { headers: { accept: taken.join(', ') } });
}

interface MediaType {
  /** Without its parameters. */
  readonly essence: string;
  /** Its charset is UTF-8, or not given. */
  readonly isUtf8: boolean;
}

/** The media types of earlier headers: clients send the same few again and again. */
const known = new Map<string, MediaType | undefined>();
const MOST_KNOWN = 100;

/** Undefined where it is not a media type. */
export function mediaType(header: string): MediaType | undefined {
  if (!known.has(header)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(header, parsedType(header));
  }
  return known.get(header);
}

function parsedType(header: string): MediaType | undefined {
  try {
    const { essence, params } = new MIMEType(header);
    const charset = params.get('charset')?.toLowerCase();
    return { essence, isUtf8: charset === undefined || charset === 'utf-8' || charset === 'utf8' };
  } catch {
    return undefined;
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** The bytes of a refused body that are read before the answer is sent, and the time for them. */
const MOST_UNREAD_BYTES = 4 * BODY_LIMIT;
const MOST_UNREAD_MS = 5_000;

/**
 * Lets a client finish a body that was refused early (without a key, too large, of another type). Most clients read the answer only after
 * they have sent the body: if the connection ended earlier, they would not get the answer (RFC 9112 §9.6). The body is discarded, chunk by
 * chunk.
 */
export function readUnreadBodies(fastify: FastifyInstance, runtime: Runtime): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (isWaitingToSend(raw)) {
      // The client may send the body or not, so the next request cannot be found on this connection.
      reply.header('connection', 'close');
      done();
    } else if (raw.complete || raw.destroyed || !hasBody(raw)) done();
    else void readRest(raw, runtime).then(() => done());
  });
}

async function readRest(raw: IncomingMessage, runtime: Runtime): Promise<void> {
  const enough = new AbortController();
  const finish = (): void => enough.abort();
  let left = MOST_UNREAD_BYTES;
  const count = (chunk: Buffer | string): void => {
    left -= chunk.length;
    if (left < 0) finish();
  };
  raw.on('data', count).on('end', finish).on('close', finish).resume();
  await runtime.sleep(MOST_UNREAD_MS, enough.signal);
  raw.off('data', count).off('end', finish).off('close', finish);
}
