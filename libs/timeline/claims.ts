import type { AspectRule, Standing } from './effect.js';

/** The part of a cell's key after subject and aspect. Effects with one key share a cell. */
export type CellKey = 'facts' | 'claims' | `by:${string}`;

const FACTUAL: ReadonlySet<Standing> = new Set(['act', 'observation', 'reference']);

/** Acts, observations and reference data are the facts; claims, denials, estimates and plans are not. */
export function isFactual(standing: Standing): boolean {
  return FACTUAL.has(standing);
}

/** The cell of an effect, by its aspect's rule. A ledger's entries share one cell, but do not overlay each other. */
export function cellKey(rule: AspectRule, standing: Standing, claimant: string): CellKey {
  switch (rule) {
    case 'authority':
      return isFactual(standing) ? 'facts' : 'claims';
    case 'perClaimant':
    case 'contested':
      return `by:${claimant}`;
    case 'ledger':
      return 'facts';
  }
}

export type Stance = 'asserts' | 'denies';
export type StanceVerdict = 'contested' | 'unopposed' | 'denied';

/** The verdict on a proposition. The log does not say who is right. Undefined where no claimant takes a stance. */
export function verdictOn(stances: Iterable<Stance>): StanceVerdict | undefined {
  const taken = new Set(stances);
  if (taken.size === 2) return 'contested';
  if (taken.has('asserts')) return 'unopposed';
  return taken.has('denies') ? 'denied' : undefined;
}
