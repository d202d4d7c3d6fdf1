import type { Quantity } from '#events';
import type { Instant } from '#time';
import { canonicalJson } from '#json';
import type { CellState, KnownEffect } from '#timeline';
import { unionOf } from './finding.js';
import { attributionOf, type Attributed } from './ledger.js';
import { hasBegun, type SubjectReader } from './subject.js';

/** A value of one voice at `asOf`; `at` is the instant of its figure. A value that is not certain is one of several possible values. */
export type Voiced<V> = Attributed & { readonly value: V; readonly certain: boolean };

/** The latest value of every voice, the newest first, then by claimant. A voice with several possible values has an entry for each value. */
export function voicesOf<V>(subject: SubjectReader, aspect: string, at: Instant): Voiced<V>[] {
  return subject
    .voices<V>(aspect)
    .flatMap(({ cell }) => spoken(cell.at(at), at))
    .sort(newestFirst);
}

function spoken<V>(answer: CellState<V>, at: Instant): Voiced<V>[] {
  const byValue = new Map<string, [KnownEffect<V>, ...KnownEffect<V>[]]>();
  for (const { value, effect } of answer.candidates) {
    if (!hasBegun(effect, at)) continue;
    const key = canonicalJson(value);
    const same = byValue.get(key);
    if (same) same.push(effect);
    else byValue.set(key, [effect]);
  }
  const certain = !answer.silent && byValue.size === 1;
  return [...byValue.values()].map((same) => {
    const because = unionOf(same.map((effect) => effect.because));
    return { value: same[0].value, certain, ...attributionOf(same[0]), because };
  });
}

export function newestFirst(a: Attributed, b: Attributed): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.claimant < b.claimant ? -1 : a.claimant > b.claimant ? 1 : 0;
}

/** The bounds of the figures. */
export interface Spread {
  /** The least number named; missing where no claimant gives a lower end. */
  readonly min?: number;
  /** The greatest number named; missing where no claimant gives an upper end. */
  readonly max?: number;
  /** A claimant says "more than": `max` is no upper bound. */
  readonly openEnded?: true;
}

const NO_UPPER_END: readonly string[] = ['moreThan', 'atLeast', 'several', 'dozens', 'hundreds', 'thousands'];
const NO_LOWER_END: readonly string[] = ['lessThan', 'atMost'];

/** The least and the greatest number named; no `max` where no claimant gives an upper end, no `min` where no claimant gives a lower end. */
export function spreadOf(quantities: readonly Quantity[]): Spread {
  const ends = quantities.map(endsOf);
  const uppers = ends.map(({ upper }) => upper).filter(isNumber);
  const lowers = ends.map(({ lower }) => lower).filter(isNumber);
  return {
    ...(lowers.length > 0 && { min: Math.min(...lowers, ...uppers) }),
    ...(uppers.length > 0 && { max: Math.max(...lowers, ...uppers) }),
    ...(ends.some(({ upper }) => upper === undefined) && { openEnded: true }),
  };
}

function endsOf({ value, min, max, qualifier = 'exactly' }: Quantity): { lower?: number; upper?: number } {
  const lower = min ?? (NO_LOWER_END.includes(qualifier) ? undefined : value);
  const upper = max ?? (NO_UPPER_END.includes(qualifier) || value === undefined ? undefined : value);
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}

function isNumber(end: number | undefined): end is number {
  return end !== undefined;
}
