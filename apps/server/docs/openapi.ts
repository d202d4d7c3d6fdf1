import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { described, eventTypes } from '#events';
import type { Settings } from '../../settings.js';
import { BEARER, OPEN, OWNED } from '../keys/needs.js';
import { SETTINGS_TOKEN } from '../provided.js';
import { loadSwagger } from './api.js';
import { asyncApiOf } from './asyncapi.js';
import { withExamples } from './examples.js';
import { ProblemResponses, type Operation } from './operation-problems.js';

const SCHEMAS_FILE = join(import.meta.dirname, 'schemas.json');

/** The groups of operations, in the order of the document. */
const TAGS = {
  Reading: 'The state of the world as of any date, as known at any date, with the events behind it.',
  Writing: 'Developments are recorded, corrected and retracted. No stored event is changed.',
  Subscribing: 'History first, then new events as they are recorded.',
  Webhooks:
    'Events and changes, sent to an address of the subscriber: at least once, in order, signed as Standard Webhooks requires.',
  Auditing: 'Explanations of answers, and proofs that no event was changed, removed or inserted.',
  Health: 'Whether the server runs and can serve.',
};

/** The OpenAPI 3.1 document, from the controllers. */
export async function documentOf(app: NestFastifyApplication, version: string): Promise<OpenAPIObject> {
  const { ApiProperty, DocumentBuilder, SwaggerModule } = await loadSwagger();
  for (const [prototype, members] of described())
    for (const [name, description] of members) ApiProperty(description)(prototype, name);
  const { read } = app.get<Settings>(SETTINGS_TOKEN);
  const reading = read === 'open' ? 'Reading is open on this server' : 'Reading needs a key on this server';
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Borderline')
    .setDescription(
      `A timeline of border and sanctions developments: ask for the state as of any date, as known at any date. ${reading}; writing always needs one. Errors are \`application/problem+json\` (RFC 9457); [the problems](/problems) are explained.`,
    )
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'The server that answers with this document.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'opaque',
        description:
          'A key with the scope that the operation names. Where the server knows an issuer of tokens: also a JWT with this scope in its claim `scope`.',
      },
      BEARER,
    );
  for (const [tag, description] of Object.entries(TAGS)) builder.addTag(tag, description);
  const document = SwaggerModule.createDocument(app, builder.build());
  const problems = new ProblemResponses();
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const methods = Object.entries(operations as Record<string, Operation>).map(
      ([method, operation]) => [method, completed(path, operation, read, problems)] as const,
    );
    return [path, withExamples(path, Object.fromEntries(methods))] as const;
  });
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: {
      ...document.components,
      ...problems.components,
      schemas: { ...document.components?.schemas, ...answerSchemas() },
    },
  } as OpenAPIObject;
}

/** An operation of the document, with the parts that all operations share. */
function completed(
  path: string,
  operation: Operation,
  read: Settings['read'],
  problems: ProblemResponses,
): Operation {
  const [needed, more] = scopesOf(operation);
  const isOpen = read === 'open' && more !== OWNED && (needed === 'read' || needed === 'audit');
  const scope = isOpen ? undefined : needed;
  const needs = scope === undefined ? '' : `\n\nIt needs a key with the scope ${inWords(scope)}.`;
  return {
    ...problems.addedTo(path, operation, { scope, isCounted: needed !== undefined }),
    ...(operation.description && { description: `${operation.description}${needs}` }),
    // The scopes are not listed, because the linters accept no scopes of OAuth for a Bearer token.
    security: scope === undefined ? [] : [{ [BEARER]: [] }],
  };
}

const inWords = (scope: string): string => (scope === 'audit' ? '`audit` or `read`' : `\`${scope}\``);

/** The scope that `Needs` requires, or the scope of reading, and `OWNED` if required; empty where the operation is always open to everyone. */
function scopesOf({ security }: Operation): readonly string[] {
  return security?.flatMap((requirement) => requirement[BEARER] ?? []) ?? ['read'];
}

/** The schemas of the answers, which `npm run schemas` makes from their types. */
function answerSchemas(): Readonly<Record<string, object>> {
  const schemas = JSON.parse(readFileSync(SCHEMAS_FILE, 'utf8')) as Record<string, object>;
  // In TypeScript it is a string: the registry knows the types of events only at run time.
  const EventTypeName = { ...schemas['EventTypeName'], enum: eventTypes.map(({ type }) => type) };
  return { ...schemas, EventTypeName };
}

/**
 * Serves the document at /openapi.json, and the document of the streams at /asyncapi.json. Both are made at the first request: most runs never need
 * them.
 */
export function serveDocument(app: NestFastifyApplication, version: string): void {
  let made: Promise<OpenAPIObject> | undefined;
  const document = (): Promise<OpenAPIObject> => (made ??= documentOf(app, version));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/openapi.json', OPEN, document);
  fastify.get('/asyncapi.json', OPEN, async () => asyncApiOf(await document()));
}
