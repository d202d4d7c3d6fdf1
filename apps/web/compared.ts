import { computed, signal } from '@preact/signals';
import { asOf, asOfDay, knownAt, recordedAt, today } from './state.js';
import { shifted } from './days.js';

/** One side of a comparison: a cut on the three axes, with the names and forms of the API. */
export interface ComparedCut {
  readonly asOf: string;
  /** Undefined: everything that is known now counts. */
  readonly knownAt?: string | undefined;
  /** Undefined: the whole log counts, as far as the page shows it. */
  readonly recordedAt?: string | undefined;
}

export const SIDES = ['from', 'to'] as const;
export type SideName = (typeof SIDES)[number];
export const AXES = ['asOf', 'knownAt', 'recordedAt'] as const;

/** The two cuts that the reader chose. Undefined: the cuts follow from the cut of the page. */
export const chosen = signal<Readonly<Record<SideName, ComparedCut>> | undefined>(undefined);

const MONTH_DAYS = 30;

/** The cut of the page beside the same day as known now. Where the page shows the present, the state of a month ago beside the state of today. */
export const compared = computed<Readonly<Record<SideName, ComparedCut>>>(() => {
  if (chosen.value) return chosen.value;
  if (asOf.value === undefined && knownAt.value === undefined) {
    const before = shifted(today.value, -MONTH_DAYS);
    return { from: { asOf: before, knownAt: before }, to: { asOf: today.value, knownAt: today.value } };
  }
  const cut = { asOf: asOfDay.value, recordedAt: recordedAt.value };
  return { from: { ...cut, knownAt: knownAt.value ?? asOfDay.value }, to: cut };
});

/** The sides in an address, as `from.asOf` and so on; undefined where a side has no `asOf`. */
export function sidesIn(query: URLSearchParams): Readonly<Record<SideName, ComparedCut>> | undefined {
  const side = (name: SideName): ComparedCut | undefined => {
    const at = query.get(`${name}.asOf`);
    if (at === null) return undefined;
    const bound = (axis: string): string | undefined => query.get(`${name}.${axis}`) ?? undefined;
    return { asOf: at, knownAt: bound('knownAt'), recordedAt: bound('recordedAt') };
  };
  const [from, to] = [side('from'), side('to')];
  return from && to && { from, to };
}
