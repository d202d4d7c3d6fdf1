import type { FastifyInstance } from 'fastify';
import { Problem } from './problems/problem.js';

/** A batch of 10,000 developments of a usual size has 15 MiB. */
export const BODY_LIMIT = 32 * 1024 * 1024;
/** What whoever may only read can send, without a key perhaps: a receipt with its answer. */
export const READERS_BODY_LIMIT = 4 * 1024 * 1024;
const DEEPEST = 64;

/**
 * JSON is the only type of body. Deep nesting is refused before anything that recurses can see it; a `__proto__` or
 * `constructor.prototype` key is refused by Fastify's parser.
 */
export function acceptJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (isTooDeep(text)) {
      done(new Problem('malformed-body', `The body nests more than ${DEEPEST} levels deep.`));
      return;
    }
    void parse(request, text, (error, value) => {
      if (error) done(new Problem('malformed-body', `The body is not JSON: ${error.message}`));
      else done(null, value);
    });
  });
}

/** From now on, of routes that are added later. */
export function limitBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if (route.config?.needs === 'read') route.bodyLimit = READERS_BODY_LIMIT;
  });
}

/** Counts brackets outside strings; the text need not be JSON. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x5b || character === 0x7b) depth += 1;
    else if (character === 0x5d || character === 0x7d) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
