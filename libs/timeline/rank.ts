import type { Instant } from '#time';
import type { KnownEffect } from './effect.js';

/**
 * The rank of two effects of a cell: positive if a, starting at `aFrom`, ranks above b, starting at `bFrom`. The one that starts later, then the
 * one reported later, then the greater event id, then the greater ordinal. `libs/views/sqlite/rank-keys.ts` is the same order in SQL.
 */
export function compareRank(a: KnownEffect, aFrom: Instant, b: KnownEffect, bFrom: Instant): number {
  return (
    aFrom - bFrom ||
    a.reported.from - b.reported.from ||
    (a.eventId === b.eventId ? a.ordinal - b.ordinal : a.eventId > b.eventId ? 1 : -1)
  );
}
