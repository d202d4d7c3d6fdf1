import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OPEN } from '../keys/needs.js';

/** Files of the installed Swagger UI (Apache-2.0) that the page needs. */
const FILES = [
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
] as const;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Borderline: the API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<body>
<div id="ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START_SCRIPT = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#ui',
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

/** A page at /docs to browse and try /openapi.json. Everything comes from this server: it works without a network. */
export function serveDocsPage(fastify: FastifyInstance): void {
  const installed = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const send = (reply: FastifyReply, type: string, content: string | Buffer): FastifyReply =>
    reply.header('cache-control', 'public, max-age=3600').type(type).send(content);

  fastify.get('/docs', OPEN, (_request, reply) => send(reply, 'text/html; charset=utf-8', PAGE));
  fastify.get('/docs/start.js', OPEN, (_request, reply) =>
    send(reply, 'text/javascript; charset=utf-8', START_SCRIPT),
  );
  for (const [name, type] of FILES) {
    let content: Buffer | undefined;
    fastify.get(`/docs/${name}`, OPEN, (_request, reply) => {
      content ??= readFileSync(join(installed, name));
      return send(reply, type, content);
    });
  }
}
