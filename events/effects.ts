import type { Effect } from '#timeline';
import type { Development, StatedEffect, StoredDevelopment } from './development.js';
import { rangeOf, type Mutable } from './event-type.js';
import { instanceOf } from './instance.js';
import { eventTypeNamed } from './registry.js';
import { upcast } from './upcast.js';

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
