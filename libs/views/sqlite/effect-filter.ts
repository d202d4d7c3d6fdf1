import { isVisible, type KnowledgeCut, type KnownEffect } from '#timeline';
import { without } from '../without.js';
import type { CellName } from './table-columns.js';

/** The effects that count: the cut, and the claimants and grades that the question includes. */
export interface EffectFilter extends KnowledgeCut {
  readonly accordingTo?: string;
  /** Drops effects with a worse grade on either axis. F and 6, "cannot be judged", pass only where the question asks for them. */
  readonly minReliability?: string;
}

/** The filter for a cell. The registration of a subject does not depend on the claimants and grades in the question. */
export function effectFilterOf({ aspect }: CellName, asked: EffectFilter): EffectFilter {
  if (aspect !== 'registration') return asked;
  if (asked.accordingTo === undefined && asked.minReliability === undefined) return asked;
  return without(asked, 'accordingTo', 'minReliability');
}

export function passesFilter(effect: KnownEffect, filter: EffectFilter): boolean {
  return isVisible(effect, filter) && isHeard(effect, filter);
}

/** Whether the question includes the claimant and the grade of an effect. */
export function isHeard(
  effect: Pick<KnownEffect, 'claimant' | 'reliability'>,
  { accordingTo, minReliability }: EffectFilter,
): boolean {
  return (
    (accordingTo === undefined || effect.claimant === accordingTo) &&
    (minReliability === undefined ||
      (effect.reliability[0]! <= minReliability[0]! && effect.reliability[1]! <= minReliability[1]!))
  );
}
