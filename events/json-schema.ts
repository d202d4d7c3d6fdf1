import { shapeOf, type Field } from './checker.js';
import { descriptionsIn, type Description } from './description.js';
import { SentDevelopment } from './envelope.js';
import { timeSchema, type Class } from './field.js';
import { eventTypeNamed, dataClass } from './registry.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** JSON Schema (draft 2020-12) of every development as sent, whatever its type. `id`: its absolute URI. */
export const envelopeSchema = (id: string): JsonSchema => documentOf(id, 'A development of any type.', {});

/**
 * JSON Schema (draft 2020-12) of a development of a type and a version, complete in itself. Made from the classes of `accept`, it refuses values
 * of another form; only `accept` checks the meaning of EDTF and rules between members. Undefined where there is no such type or version.
 */
export const schemaOfType = (id: string, type: string, version: number): JsonSchema | undefined => {
  const definition = eventTypeNamed(type);
  const of = definition && dataClass(definition, version);
  if (!of) return undefined;
  const isNewest = version === definition.version;
  const description = `${definition.means} It does not mean: ${definition.doesNotMean}`;
  const members = {
    type: { const: type },
    schemaVersion: { const: version },
    data: (classes: Set<Class>) => objectOf(of, classes),
  };
  return documentOf(id, description, members, isNewest ? [] : ['schemaVersion']);
};

type Member = JsonSchema | ((classes: Set<Class>) => JsonSchema);

const documentOf = (
  id: string,
  description: string,
  members: Readonly<Record<string, Member>>,
  alsoRequired: readonly string[] = [],
): JsonSchema => {
  const classes = new Set<Class>();
  const { properties, required, ...rest } = objectOf(SentDevelopment, classes);
  const own = Object.entries(members).map(([name, of]) => [
    name,
    typeof of === 'function' ? of(classes) : of,
  ]);
  const $defs: Record<string, JsonSchema> = { Time: timeSchema(false), TimeOrWords: timeSchema(true) };
  // If a class refers to another class, the other class is written after it.
  for (const of of classes) $defs[of.name] = objectOf(of, classes);
  return {
    $schema: DRAFT,
    $id: id,
    description,
    ...rest,
    properties: { ...(properties as JsonSchema), ...Object.fromEntries(own) },
    required: [...(required as string[]), ...alsoRequired],
    $defs,
  };
};

/** The classes of the members are added to `classes`; the schema refers to them. */
const objectOf = (of: Class, classes: Set<Class>): JsonSchema => {
  const descriptions = descriptionsIn(of);
  const fields = [...shapeOf(of).fields].map(
    ([name, field]) => [name, field, descriptions.get(name) ?? {}] as const,
  );
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, field, description]) => [name, memberOf(field, description, classes)]),
    ),
    required: fields.filter(([, , { required }]) => required !== false).map(([name]) => name),
    additionalProperties: false,
  };
};

const memberOf = ({ nested, time }: Field, given: Description, classes: Set<Class>): JsonSchema => {
  const { description, required: _, isArray, type, oneOf, ...rest } = given as Record<string, unknown>;
  if (time) {
    const name = (oneOf as unknown[]).length === timeSchema(true).oneOf.length ? 'TimeOrWords' : 'Time';
    return { description, $ref: `#/$defs/${name}` };
  }
  const { minItems, maxItems, uniqueItems, ...ofElement } = rest;
  const list = { type: 'array', minItems, maxItems, ...(uniqueItems === true && { uniqueItems }) };
  if (nested) {
    classes.add(nested.of);
    const $ref = `#/$defs/${nested.of.name}`;
    return isArray === true ? { description, ...list, items: { $ref } } : { description, $ref };
  }
  if (isArray === true) return { description, ...list, items: { type: nameOf(type), ...ofElement } };
  if (Array.isArray(type)) return { description, ...list, items: { type: nameOf(type[0]) } };
  return { description, type: nameOf(type), ...rest };
};

/** The name of a type in JSON Schema: `String` → `string`. */
const nameOf = (type: unknown): string =>
  typeof type === 'function' ? type.name.toLowerCase() : String(type);
