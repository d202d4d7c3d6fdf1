import { shapeOf } from './checker.js';
import { descriptionsIn, type Description } from './description.js';
import { isObject } from './value.js';
import { ID, type Class } from './field.js';

/** A member of a data class, as the catalogue shows it. */
export interface DescribedField {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly description: string;
}

/** The members of a class in the order they are written, those of its ancestors last. */
export const describe = (of: Class): DescribedField[] => {
  const descriptions = descriptionsIn(of);
  return [...shapeOf(of).fields.keys()].map((name) => {
    const property = descriptions.get(name) ?? {};
    return {
      name,
      required: property.required !== false,
      type: typeOf(of, name, property),
      description: property.description ?? '',
    };
  });
};

const typeOf = (of: Class, name: string, property: Description): string => {
  const { nested, time } = shapeOf(of).fields.get(name) ?? {};
  const element = nested?.of.name ?? (time && 'Time') ?? enumOf(property) ?? plainType({ ...property });
  return property.isArray === true ? `list of ${element}` : element;
};

const enumOf = (property: Description): string | undefined => {
  const values: unknown = property.enum;
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
