import type { Instant } from '#time';
import type { EffectFilter } from './sqlite/effect-filter.js';

/** A question: its instant in the world, and the effects that count. */
export interface Question extends EffectFilter {
  readonly asOf: Instant;
}
