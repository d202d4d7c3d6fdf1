import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { described, eventTypes } from '#events';
import { OPEN } from '../keys/needs.js';
import { loadSwagger } from './api.js';
import { withExamples } from './examples.js';
import { ref } from './schema.js';

const SCHEMAS_FILE = join(import.meta.dirname, 'schemas.json');

/** The OpenAPI 3.1 document, from the controllers. */
export async function documentOf(app: NestFastifyApplication, version: string): Promise<OpenAPIObject> {
  const { ApiProperty, DocumentBuilder, SwaggerModule } = await loadSwagger();
  for (const [prototype, members] of described())
    for (const [name, description] of members) ApiProperty(description)(prototype, name);
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Borderline')
    .setDescription(
      'A timeline of border and sanctions developments: ask for the state as of any date, as known at any date. Errors are `application/problem+json` (RFC 9457); [the problems](/problems) are explained.',
    )
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'A key with the scope that the operation needs.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const paths = Object.entries(document.paths).map(([path, methods]) => [
    path,
    withExamples(path, withProblems(methods)),
  ]);
  return {
    ...document,
    paths: Object.fromEntries(paths) as OpenAPIObject['paths'],
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, ...answerSchemas() },
    },
  };
}

/** The schemas of the answers, as `npm run schemas` has made them of their types. */
function answerSchemas(): Readonly<Record<string, object>> {
  const schemas = JSON.parse(readFileSync(SCHEMAS_FILE, 'utf8')) as Record<string, object>;
  // A string in TypeScript: the registry knows the types of events at run time only.
  const EventTypeName = { ...schemas['EventTypeName'], enum: eventTypes.map(({ type }) => type) };
  return { ...schemas, EventTypeName };
}

/** Any operation may answer with a problem. */
function withProblems(methods: object): object {
  const content = { 'application/problem+json': { schema: ref('ProblemDetails') } };
  const problem = { description: 'A problem; its `type` leads to the explanation.', content };
  const operations = Object.entries(methods as Record<string, { readonly responses?: object }>);
  return Object.fromEntries(
    operations.map(([method, operation]) =>
      operation.responses === undefined
        ? [method, operation]
        : [method, { ...operation, responses: { ...operation.responses, default: problem } }],
    ),
  );
}

/** Serves the document at /openapi.json. Made at the first request: most runs never need it. */
export function serveDocument(app: NestFastifyApplication, version: string): void {
  let document: Promise<OpenAPIObject> | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/openapi.json', OPEN, () => (document ??= documentOf(app, version)));
}
