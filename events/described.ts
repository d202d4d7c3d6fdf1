import { shapeOf } from './checker.js';
import { isObject } from './value.js';
import { ID, type Class } from './field.js';

/** A member of a data class, as the catalogue shows it. */
export interface DescribedField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly description: string;
}

/** The key that @nestjs/swagger keeps what `ApiProperty` was given under. */
const SWAGGER = 'swagger/apiModelProperties';

/** The members of a class in the order they are written, those of its ancestors last. */
export const describe = (of: Class): DescribedField[] =>
  [...shapeOf(of).fields.keys()].map((name) => field(of, name));

const field = (of: Class, name: string): DescribedField => {
  const api: unknown = Reflect.getMetadata(SWAGGER, of.prototype as object, name);
  const property = isObject(api) ? api : {};
  return {
    name,
    required: property['required'] !== false,
    type: typeOf(of, name, property),
    description: typeof property['description'] === 'string' ? property['description'] : '',
  };
};

const typeOf = (of: Class, name: string, property: Record<string, unknown>): string => {
  const { nested, time } = shapeOf(of).fields.get(name) ?? {};
  const element = nested?.of.name ?? (time && 'Time') ?? enumOf(property) ?? plainType(property);
  return property['isArray'] === true ? `list of ${element}` : element;
};

const enumOf = (property: Record<string, unknown>): string | undefined => {
  const items = isObject(property['items']) ? property['items'] : property;
  const values = items['enum'];
  return Array.isArray(values) ? values.map((v) => `\`${String(v)}\``).join(' ') : undefined;
};

const plainType = ({ type, pattern, items }: Record<string, unknown>): string => {
  if (type === 'array' && isObject(items)) return `list of ${plainType(items)}`;
  if (type === String || type === 'string') return pattern === ID.source ? 'id' : 'text';
  if (type === Number) return 'number';
  if (type === Boolean) return 'true or false';
  if (Array.isArray(type)) return 'list of number';
  return type === 'integer' ? 'whole number' : 'object';
};
