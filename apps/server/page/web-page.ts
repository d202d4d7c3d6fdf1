import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OPEN } from '../keys/needs.js';
import { IMMUTABLE } from '../reading/answer.js';
import { serverOf } from '../reading/server-address.js';
import type { Settings } from '../../settings.js';
import { pageTitleOf } from './page-title.js';

/** The folder where `npm run build` writes the page, relative to this file in the build. */
const BUILT = fileURLToPath(new URL('../../../web/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
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
  "require-trusted-types-for 'script'",
].join('; ');

/** CSP Level 3, §6.4.2: which pages may show this one in a frame. */
const policyFor = (frames: readonly string[]): string =>
  `${POLICY}; frame-ancestors ${frames.length === 0 ? "'none'" : frames.join(' ')}`;

const MISSING = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Borderline: the page is not built</title>
<p>The page is not built. <code>npm run build</code> builds it; <code>npm start</code> does that by itself.
<p>The API works without it: <a href="/docs">/docs</a>.
</html>
`;

/** The settings of the page. */
export interface PageOptions {
  /** The built page; where it is missing, `/` says so. */
  readonly folder?: string;
  /** Pages of these origins may show a picture of this one in a frame (`?embed`). */
  readonly embed?: Settings['embed'];
  /** The zone of times without an offset. */
  readonly zone?: string;
}

/** The time-travel page at `/`, with a title for what its address asks for, and its files at `/assets`, whose names change with their contents. */
export function serveWebPage(
  fastify: FastifyInstance,
  { folder = BUILT, embed = [], zone = 'UTC' }: PageOptions = {},
): void {
  const index = join(folder, 'index.html');
  const page = existsSync(index) ? readFileSync(index, 'utf8') : undefined;
  fastify.get('/', OPEN, (request, reply) => {
    const asked = (request.query ?? {}) as Readonly<Record<string, unknown>>;
    const frames = 'embed' in asked ? embed : [];
    // The older header cannot name origins: it would refuse all of them.
    if (frames.length > 0) reply.removeHeader('x-frame-options');
    reply.header('cache-control', 'no-cache').header('content-security-policy', policyFor(frames));
    reply.type('text/html; charset=utf-8');
    return page === undefined
      ? reply.code(404).send(MISSING)
      : reply.send(withTitle(page, asked, { zone, canEmbed: embed.length > 0, server: serverOf(request) }));
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

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => ESCAPED[one] ?? one);

/**
 * The page with its title, its language and its Open Graph tags (https://ogp.me). They are made from the address alone, because a service that shows
 * links may have no key to read the log. The picture shows the bundled corpus, and is the same for each address.
 */
function withTitle(
  page: string,
  asked: Readonly<Record<string, unknown>>,
  { zone, canEmbed, server }: { readonly zone: string; readonly canEmbed: boolean; readonly server: string },
): string {
  const { lang, title, description, alt } = pageTitleOf(asked, zone);
  const tags = [
    ['name', 'description', description],
    ['property', 'og:type', 'website'],
    ['property', 'og:site_name', 'Borderline'],
    ['property', 'og:locale', lang === 'lt' ? 'lt_LT' : 'en_GB'],
    ['property', 'og:title', title],
    ['property', 'og:description', description],
    ['property', 'og:image:alt', alt],
    ['name', 'twitter:card', 'summary_large_image'],
    ...(canEmbed ? [['name', 'borderline:embed', 'allowed']] : []),
  ].map(([kind, name, content]) => `<meta ${kind!}="${name!}" content="${escaped(content!)}" />`);
  return (
    page
      // Open Graph needs absolute addresses.
      .replace(/(<meta property="og:image" content=")(?=\/)/, (tag) => tag + escaped(server))
      .replace(/<html lang="\w+"/, () => `<html lang="${lang}"`)
      .replace(/<title>[^<]*<\/title>/, () => [`<title>${escaped(title)}</title>`, ...tags].join('\n    '))
  );
}
