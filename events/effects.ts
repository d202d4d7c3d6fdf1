import type { Effect } from '#timeline';
import type { Development, StatedEffect, StoredDevelopment } from './development.js';
import { rangeOf, type Mutable } from './event-type.js';
import { nestedIn, type Class } from './field.js';
import { eventTypeNamed } from './registry.js';
import { upcast } from './upcast.js';
import { isObject } from './value.js';

const claimed = (stated: StatedEffect, claimant: string): Effect => {
  const { subject, aspect, rule, value, from, until, then } = stated;
  const effect: Mutable<Effect> = {
    subject,
    aspect,
    rule,
    value,
    from,
    claimant: stated.claimant ?? claimant,
  };
  if (until) effect.until = until;
  if (then !== undefined) effect.then = then;
  return effect;
};

/**
 * The effects of an event, by the rules of its type at the newest version; none for `record.*`. The rules get the data as an instance of
 * their class. Pure. It trusts stored payloads and does not validate them again. Throws RangeError for a type or a version that the catalogue does
 * not have.
 */
export const effectsOf = ({ id, type, schemaVersion, payload }: StoredDevelopment): Effect[] => {
  const definition = eventTypeNamed(type);
  if (!definition) throw new RangeError(`The catalogue has no event type "${type}".`);
  const reported = rangeOf(payload.reportedAt);
  const development: Mutable<Development> = {
    id,
    type,
    data: instanceOf(
      definition.data,
      upcast(definition, schemaVersion, payload.data),
    ) as Mutable<Development>['data'],
    attribution: payload.attribution,
    occurred: payload.occurred ? rangeOf(payload.occurred) : reported,
    reported,
  };
  if (payload.until) development.until = rangeOf(payload.until);
  const { claimant } = payload.attribution;
  return definition.effects(development).map((effect) => claimed(effect, claimant));
};

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
