import type { AspectRule, Standing } from './effect.js';

/** The part of a cell's key behind subject and aspect: which effects meet in one cell. */
export type CellKey = 'facts' | 'claims' | `by:${string}`;

const FACTUAL: ReadonlySet<Standing> = new Set(['act', 'observation', 'reference']);

/** Acts, observations and reference data share the facts; what is claimed, denied, estimated or planned does not. */
export function isFactual(standing: Standing): boolean {
  return FACTUAL.has(standing);
}

/** The cell an effect falls into, by its aspect's rule. A ledger's entries share one, but are never laid over each other. */
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

/** The verdict on a proposition: who is right is not for the log to say. Undefined where nobody takes a stance. */
export function verdictOn(stances: Iterable<Stance>): StanceVerdict | undefined {
  const taken = new Set(stances);
  if (taken.size === 2) return 'contested';
  if (taken.has('asserts')) return 'unopposed';
  return taken.has('denies') ? 'denied' : undefined;
}
