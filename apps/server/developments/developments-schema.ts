import type { OpenAPIObject } from '@nestjs/swagger';
import { developmentSchema } from '#events';
import { MOST_DEVELOPMENTS } from './bodies.js';

type Components = NonNullable<OpenAPIObject['components']>;
type SchemaObject = Exclude<NonNullable<Components['schemas']>[string], { $ref: string }>;

/** From the classes of the event types: only the registry, at run time, knows all of them. */
const development: SchemaObject = developmentSchema();

const expectedRevision: SchemaObject = {
  type: 'object',
  description: 'The revision each stream must have, -1 where it must not exist; else 409.',
  additionalProperties: { type: 'integer', minimum: -1 },
  example: { 'crossing-lt-by.medininkai': 3 },
};

/** One development, or several. */
export const developmentsSchema: SchemaObject = {
  oneOf: [
    ...development.oneOf!,
    {
      title: 'several developments',
      type: 'object',
      required: ['developments'],
      properties: {
        developments: { type: 'array', minItems: 1, maxItems: MOST_DEVELOPMENTS, items: development },
        expectedRevision,
      },
    },
  ],
};
