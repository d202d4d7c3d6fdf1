import { computed } from '@preact/signals';
import type { Crossing, CrossingList, Difference } from './api.js';
import { answerTo, head, pathOf, restingCut, type Parameters } from './data.js';
import type { Marked } from './marked.js';
import { asOfInstant, cellAt, isSameMark, knownInstant, ALL_KNOWN, planes } from './planes.js';
import { isApart } from './state.js';

/** The crossings with all their members. The server is asked a moment after the reader has stopped moving the cut. */
const list = answerTo<CrossingList>(() =>
  head.value === undefined || restingCut.value === undefined
    ? undefined
    : pathOf('/v1/crossings', restingCut.value),
);

/** The last answer about each crossing: its name and place are shown while the page waits for a list. */
const seen = new Map<string, Crossing>();

/** The crossings at the cut. Their status comes from their planes. Where the list has another status, its other members are left out. */
export const crossings = computed<readonly Crossing[]>(() => {
  const items = list.value?.items ?? [];
  const listed = new Set(items.map(({ id }) => id));
  for (const item of items) seen.set(item.id, item);
  if (planes.value.size === 0) return items;
  return [...seen.values()].flatMap((item) => {
    const cell = cellAt(planes.value.get(item.id), asOfInstant.value, knownInstant.value);
    if (!cell) return listed.has(item.id) ? [item] : [];
    return isSameMark(cell, item) ? [item] : [{ ...named(item), ...markOf(cell), because: cell.because }];
  });
});

const named = ({ id, names, border, location, modes, codes, farSide }: Crossing) => ({
  id,
  names,
  modes,
  codes,
  ...(border !== undefined && { border }),
  ...(location && { location }),
  ...(farSide && { farSide }),
});

const markOf = ({ status, certain, possible, claimed }: Marked) => ({
  status,
  certain,
  ...(possible && { possible }),
  ...(claimed && { claimed }),
});

/** The difference besides the status between the crossing as known at the cut and as known now. */
const difference = answerTo<Difference>(() => {
  const { value: cut } = restingCut;
  if (head.value === undefined || !isApart.value || cut === undefined) return undefined;
  const prefixed = (side: string, one: Parameters): [string, string | number | undefined][] =>
    Object.entries(one).map(([name, value]) => [`${side}.${name}`, value]);
  const sides = [...prefixed('from', cut), ...prefixed('to', { ...cut, knownAt: undefined })];
  return pathOf('/v1/diff', { view: 'crossings', ...Object.fromEntries(sides) });
});

/** A crossing as known now, where it differs from the crossing as known at the cut. */
export interface KnownNow extends Marked {
  /** Whether the status is the same and another member differs, such as the travellers who may still cross. */
  readonly isSameStatus: boolean;
}

/** The crossings that differ as known now, by id. */
export const knownNow = computed(() => {
  const found = new Map<string, KnownNow>();
  if (!isApart.value) return found;
  for (const [id, cells] of planes.value) {
    const then = cellAt(cells, asOfInstant.value, knownInstant.value);
    const now = cellAt(cells, asOfInstant.value, ALL_KNOWN);
    if (now && !isSameMark(then, now)) found.set(id, { ...markOf(now), isSameStatus: false });
  }
  const marks = new Map(crossings.value.map((item) => [item.id, item]));
  for (const { subject, aspect } of difference.value?.changes ?? []) {
    const mark = marks.get(subject);
    if (aspect === 'status' && mark && !found.has(subject))
      found.set(subject, { ...markOf(mark), isSameStatus: true });
  }
  return found;
});
