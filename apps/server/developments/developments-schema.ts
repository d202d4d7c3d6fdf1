import type { OpenAPIObject } from '@nestjs/swagger';
import { developmentSchema } from '#events';
import { VIEWS } from '#views';
import {
  anything,
  choice,
  instant,
  list,
  nullOr,
  object,
  only,
  ref,
  text,
  type Schema,
} from '../docs/schema.js';
import { MOST_DEVELOPMENTS } from './bodies.js';

type Components = NonNullable<OpenAPIObject['components']>;
type SchemaObject = Exclude<NonNullable<Components['schemas']>[string], { $ref: string }>;

const development: SchemaObject = developmentSchema();

const expectedRevision: SchemaObject = {
  type: 'object',
  description: 'The revision each stream must have, -1 where it must not exist; else 409.',
  additionalProperties: { type: 'integer', minimum: -1 },
  example: { 'crossing-lt-by.medininkai': 3 },
};

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

const warnings: SchemaObject = {
  type: 'array',
  description: 'What the sender may want to know; nothing was refused for it.',
  items: {
    type: 'object',
    required: ['pointer', 'code', 'detail'],
    properties: {
      pointer: { type: 'string', description: 'JSON pointer into what was sent.' },
      code: {
        type: 'string',
        enum: ['other-zone-rules'],
        description: '`other-zone-rules`: a time was kept as other rules of its zone resolved it.',
      },
      detail: { type: 'string' },
    },
  },
};

export const recordedSchema: SchemaObject = {
  type: 'object',
  required: ['events', 'warnings'],
  properties: {
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'sequence', 'stream', 'revision', 'recordedAt'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          sequence: { type: 'integer', minimum: 1 },
          stream: { type: 'string', example: 'crossing-lt-by.medininkai' },
          revision: { type: 'integer', minimum: 0 },
          recordedAt: { type: 'string', format: 'date-time' },
          duplicate: { type: 'boolean', description: 'The log had it already; this is the first answer.' },
        },
      },
    },
    warnings,
  },
};

export const previewSchema: Schema = object(
  {
    dryRun: only(true, 'nothing was stored'),
    developments: list(
      object({ id: text(undefined, { format: 'uuid' }), type: text(), stream: text() }),
      'what would be recorded, in the order given',
    ),
    warnings,
  },
  {
    changes: list(ref('Change'), 'what would differ at `asOf`; absent where the key may not read'),
    over: list(
      object(
        {
          view: choice(VIEWS.map(({ name }) => name)),
          subject: text('the id of the item'),
          from: nullOr(instant('null: from the beginning')),
          to: nullOr(instant('exclusive; null: for good')),
          because: ref('Because'),
        },
        {
          before: anything('what the timeline says now; missing: nothing'),
          after: anything('what it would say; missing: nothing'),
        },
      ),
      'the stretches of time over which timelines would differ, of a hundred subjects at most; absent where the key may not read',
    ),
  },
);
