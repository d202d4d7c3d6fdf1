import type { Instant } from '#time';
import type { KnownEffect } from './effect.js';

/**
 * Positive if `a`, where it starts at `aFrom`, ranks above `b`, where that starts at `bFrom`: the later start, then the later report, then
 * the greater event id, then the greater ordinal. `overlay.ts` selects by this order; `libs/views/sqlite/rank-keys.ts` has the same order in SQL.
 */
export function compareRank(a: KnownEffect, aFrom: Instant, b: KnownEffect, bFrom: Instant): number {
  return (
    aFrom - bFrom ||
    a.reported.from - b.reported.from ||
    (a.eventId === b.eventId ? a.ordinal - b.ordinal : a.eventId > b.eventId ? 1 : -1)
  );
}
