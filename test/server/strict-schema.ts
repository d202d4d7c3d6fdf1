import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Schema = Readonly<Record<string, unknown>>;

/** Checks values against the schemas of a document, without any member that a schema does not name. */
export class StrictSchemas {
  // Optimising the generated code takes more time than it saves here.
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(components: Readonly<Record<string, Schema>>) {
    addFormats.default(this.ajv);
    const $defs = Object.fromEntries(
      Object.entries(components).map(([name, schema]) => [name, open(schema)]),
    );
    this.ajv.addSchema({ $id: 'document', components: { schemas: $defs } });
  }

  /** The faults of a value by the schema; empty where the value has none. */
  faults(schema: Schema, value: unknown): string[] {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"document#/components');
    const validate = this.compiled.get(text) ?? this.ajv.compile(JSON.parse(text) as Schema);
    this.compiled.set(text, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** A schema whose parts are closed, while the schema itself is open: the schema around it closes it. */
function open(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (keyword === 'properties') return [keyword, mapped(value as Record<string, Schema>, closed)];
      if (keyword === 'items' || keyword === 'additionalProperties')
        return [keyword, typeof value === 'object' ? closed(value as Schema) : value];
      if (keyword === 'oneOf') return [keyword, (value as Schema[]).map(closed)];
      if (keyword === 'allOf') return [keyword, (value as Schema[]).map(open)];
      return [keyword, value];
    }),
  );
}

function closed(schema: Schema): Schema {
  const names = schema['properties'] ?? schema['$ref'] ?? schema['allOf'];
  return { ...open(schema), ...(names !== undefined && { unevaluatedProperties: false }) };
}

function mapped<V>(of: Readonly<Record<string, V>>, each: (value: V) => V): Record<string, V> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, each(value)]));
}
