import { isObject } from '#json';
import { nestedIn, type Class } from './field.js';

/**
 * Data as an instance of its class, nested data too: what `plainToInstance` of class-transformer makes of data that has no fault
 * (instance.spec.ts compares the two). It copies members and checks nothing: a rebuild makes an instance for every event.
 */
export const instanceOf = (of: Class, data: object): object => {
  const instance = new of() as Record<string, unknown>;
  const members = data as Readonly<Record<string, unknown>>;
  const nested = nestedOf(of);
  for (const name of Object.keys(members)) {
    const inner = nested.get(name);
    instance[name] = inner === undefined ? members[name] : nestedInstance(inner, members[name]);
  }
  return instance;
};

const nestedInstance = (of: Class, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((element: unknown) => nestedInstance(of, element));
  return isObject(value) ? instanceOf(of, value) : value;
};

const nestedByClass = new Map<Class, ReadonlyMap<string, Class>>();

const nestedOf = (of: Class): ReadonlyMap<string, Class> => {
  const known = nestedByClass.get(of);
  if (known) return known;
  const nested = nestedIn(of);
  nestedByClass.set(of, nested);
  return nested;
};
