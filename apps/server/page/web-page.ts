import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OPEN } from '../keys/needs.js';
import { IMMUTABLE } from '../reading/answer.js';

/** The folder where `npm run build` writes the page, relative to this file in the build. */
const BUILT = fileURLToPath(new URL('../../../web/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * CSP Level 3. Everything comes from this server, and nothing inline; `blob:` is for pictures that the reader saves as PNG. Markup from a text
 * is impossible (Trusted Types).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const MISSING = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Borderline: the page is not built</title>
<p>The page is not built. <code>npm run build</code> builds it; <code>npm start</code> does that by itself.
<p>The API works without it: <a href="/docs">/docs</a>.
</html>
`;

/**
 * The time-travel page at `/`, and its files at `/assets`, whose names change with their contents. `folder`: the built page; where it is
 * missing, `/` says so.
 */
export function serveWebPage(fastify: FastifyInstance, folder = BUILT): void {
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index) : undefined;
  fastify.get('/', OPEN, (_request, reply) => {
    reply.header('cache-control', 'no-cache').header('content-security-policy', POLICY);
    reply.type('text/html; charset=utf-8');
    return page === undefined ? reply.code(404).send(MISSING) : reply.send(page);
  });
  if (page === undefined) return;
  const assets = join(folder, 'assets');
  for (const name of readdirSync(assets)) {
    let content: Buffer | undefined;
    fastify.get(`/assets/${name}`, OPEN, (_request, reply): FastifyReply => {
      content ??= readFileSync(join(assets, name));
      reply.header('cache-control', `public, ${IMMUTABLE}`);
      return reply.type(TYPES[extname(name)] ?? 'application/octet-stream').send(content);
    });
  }
}
