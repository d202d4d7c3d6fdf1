import type { OpenAPIObject } from '@nestjs/swagger';
import { developmentExamples, developmentSchema, eventTypes } from '#events';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '../json-body.js';
import { MOST_DEVELOPMENTS } from './developments-in-body.js';

type OpenApiComponents = NonNullable<OpenAPIObject['components']>;
type SchemaObject = Exclude<NonNullable<OpenApiComponents['schemas']>[string], { $ref: string }>;

/** The schema is made from the classes of the event types at run time, because only the registry knows all types. */
const development: SchemaObject = developmentSchema();

const expectedRevision: SchemaObject = {
  type: 'object',
  description:
    'The revision that each stream must have, -1 if it must not exist; otherwise the answer is 409.',
  additionalProperties: { type: 'integer', minimum: -1 },
  example: { 'crossing-lt-by.medininkai': 3 },
};

/** One development, or several. */
const developments: SchemaObject = {
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

const nonEmptyText = (description: string): SchemaObject => ({ type: 'string', minLength: 1, description });

/** A CloudEvent that brings a development. */
const cloudEvent: SchemaObject = {
  title: 'a CloudEvent',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'data'],
  properties: {
    specversion: { type: 'string', enum: ['1.0'] },
    id: nonEmptyText('The id of the development. If `data` has none, this one is used, and must be a UUID.'),
    source: {
      ...nonEmptyText('The origin of the CloudEvent; it has no effect on the development.'),
      format: 'uri-reference',
    },
    type: nonEmptyText('The type of the development.'),
    subject: nonEmptyText('If given: the subject of the development, by its id or its stream.'),
    dataschema: {
      ...nonEmptyText(
        'If it is a schema of this service, it must be the schema of the type and the version.',
      ),
      format: 'uri',
    },
    datacontenttype: nonEmptyText('`application/json`, if given.'),
    correlationid: nonEmptyText(
      'The correlation id of the development. If `data` has none, this one is used.',
    ),
    data: development,
  },
  additionalProperties: {
    type: ['string', 'boolean', 'integer'],
    description:
      'Other attributes: names of lower-case letters and digits. They have no effect on the development.',
  },
};

const { example } = eventTypes[1]!;
const exampleEvent = {
  specversion: '1.0',
  id: '019a2e2c-6b00-7d2b-8a52-3d0d6f0a9c11',
  source: 'https://example.org/newsroom',
  type: example.type,
  data: example,
};

/** The body of `POST /v1/developments`. */
export const developmentsBody = {
  required: true,
  content: {
    'application/json': { schema: developments, examples: developmentExamples() },
    [CLOUDEVENT]: { schema: cloudEvent, example: exampleEvent },
    [CLOUDEVENTS_BATCH]: {
      schema: { type: 'array', minItems: 1, maxItems: MOST_DEVELOPMENTS, items: cloudEvent },
      example: [exampleEvent],
    },
  },
};
