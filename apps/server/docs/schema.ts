import type { OpenAPIObject } from '@nestjs/swagger';

export type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
/** A JSON schema as OpenAPI 3.1 has it, or a reference to one. */
export type Schema = Schemas[string];
type Members = Readonly<Record<string, Schema>>;

/** The component of that name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An object with members that are always there, and others that may be. Clients must allow for more of them. */
export function object(always: Members, maybe: Members = {}, description?: string): Schema {
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    ...(Object.keys(always).length > 0 && { required: Object.keys(always) }),
    properties: { ...always, ...maybe },
  };
}

/** What all of the schemas say: the members of each. */
export const allOf = (...schemas: Schema[]): Schema => ({ allOf: schemas });

export function list(items: Schema, description?: string, minItems?: number): Schema {
  return {
    type: 'array',
    items,
    ...(description !== undefined && { description }),
    ...(minItems !== undefined && { minItems }),
  };
}

/** An object whose members have any name. */
export function map(values: Schema, description?: string): Schema {
  return {
    type: 'object',
    additionalProperties: values,
    ...(description !== undefined && { description }),
  };
}

export function text(
  description?: string,
  more: Omit<Exclude<Schema, { $ref: string }>, 'type'> = {},
): Schema {
  return { type: 'string', ...(description !== undefined && { description }), ...more };
}

export const texts = (description?: string): Schema => list(text(), description);

export const instant = (description?: string): Schema => text(description, { format: 'date-time' });

export const choice = (choices: readonly string[], description?: string): Schema =>
  text(description, { enum: [...choices] });

export const nullOr = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

export function whole(description?: string, minimum = 0): Schema {
  return { type: 'integer', minimum, ...(description !== undefined && { description }) };
}

export const truth = (description?: string): Schema => ({
  type: 'boolean',
  ...(description !== undefined && { description }),
});

/** There only where it is so. */
export const only = (value: boolean, description: string): Schema => ({
  type: 'boolean',
  enum: [value],
  description,
});

/** JSON of any kind. */
export const anything = (description: string): Schema => ({ description });
