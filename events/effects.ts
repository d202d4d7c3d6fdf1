import type { Effect } from '#timeline';
import type { Payload, StatedEffect } from './development.js';
import { rangeOf } from './event-type.js';
import { eventTypeNamed } from './registry.js';
import { upcast } from './upcast.js';

/** What `effectsOf` needs of an accepted or recorded event. */
export interface StoredDevelopment {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: Payload;
}

const claimed = (effect: StatedEffect, claimant: string): Effect =>
  effect.claimant === undefined ? { ...effect, claimant } : { ...effect, claimant: effect.claimant };

/**
 * What an event asserts, by the rules of its type at the newest version; nothing for `record.*`. Pure, and made for
 * replay: stored payloads are trusted, nothing is validated again. Throws RangeError for a type or a version that the
 * catalogue does not know.
 */
export const effectsOf = ({ id, type, schemaVersion, payload }: StoredDevelopment): Effect[] => {
  const definition = eventTypeNamed(type);
  if (!definition) throw new RangeError(`The catalogue has no event type "${type}".`);
  const reported = rangeOf(payload.reportedAt);
  const stated = definition.effects({
    id,
    type,
    data: upcast(definition, schemaVersion, payload.data),
    attribution: payload.attribution,
    occurred: payload.occurred ? rangeOf(payload.occurred) : reported,
    ...(payload.until && { until: rangeOf(payload.until) }),
    reported,
  });
  const { claimant } = payload.attribution;
  return stated.map((effect) => claimed(effect, claimant));
};
