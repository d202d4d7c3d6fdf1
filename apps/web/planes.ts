import { computed } from '@preact/signals';
import type { PlaneCellAnswer, PlanesAnswer } from './api.js';
import { answerTo, head, pathOf, pinned } from './data.js';
import { dayAt, instantOf, numberOfDay } from './days.js';
import type { Marked } from './marked.js';
import { asOf, knownAt, now, zone } from './state.js';

/** The bounds of a cell of a plane, in milliseconds, half-open on both axes. A missing bound is infinite. */
export interface Bounds {
  readonly knownFrom: number;
  readonly knownTo: number;
  readonly validFrom: number;
  readonly validTo: number;
}

/** A cell of the plane of a crossing. */
export interface Cell extends Bounds, Marked {
  readonly because: readonly string[];
}

/** The planes of all crossings: their states at all times, as known at all times. With the planes a slider moves without a request to the server. */
const answer = answerTo<PlanesAnswer>(() =>
  head.value === undefined ? undefined : pathOf('/v1/planes', { view: 'crossings', ...pinned() }),
);

/** The cells of the crossings' planes, by the id of the crossing. */
export const planes = computed(
  () => new Map((answer.value?.items ?? []).map(({ id, cells }) => [id, cells.map(cellOf)] as const)),
);

export const boundsOf = ({ known, valid }: PlaneCellAnswer): Bounds => ({
  knownFrom: Date.parse(known.from),
  knownTo: known.to === null ? Infinity : Date.parse(known.to),
  validFrom: valid.from === null ? -Infinity : Date.parse(valid.from),
  validTo: valid.to === null ? Infinity : Date.parse(valid.to),
});

function cellOf(cell: PlaneCellAnswer): Cell {
  const { status, certain, possible, claimed, because } = cell;
  return {
    ...boundsOf(cell),
    status: (status ?? 'unknown') as Marked['status'],
    certain,
    ...(possible && { possible: possible as Marked['status'][] }),
    ...(claimed && { claimed }),
    because,
  };
}

/** An instant later than any report. */
export const ALL_KNOWN = Number.MAX_VALUE;

/** The first time of the cut, in milliseconds. */
export const asOfInstant = computed(() =>
  asOf.value === undefined ? now.value : instantOf(asOf.value, zone.value),
);
export const knownInstant = computed(() =>
  knownAt.value === undefined ? ALL_KNOWN : instantOf(knownAt.value, zone.value),
);

export const cellAt = <C extends Bounds>(
  cells: readonly C[] | undefined,
  valid: number,
  known: number,
): C | undefined =>
  cells?.find(
    (cell) =>
      cell.knownFrom <= known && known < cell.knownTo && cell.validFrom <= valid && valid < cell.validTo,
  );

export const isSameMark = (a: Marked | undefined, b: Marked | undefined): boolean =>
  a?.status === b?.status && a?.certain === b?.certain && String(a?.possible) === String(b?.possible);

const daysOf = (instants: Iterable<number>): number[] => {
  const days = new Set<number>();
  for (const instant of instants)
    if (Number.isFinite(instant)) days.add(numberOfDay(dayAt(instant, zone.value)));
  return [...days].sort((a, b) => a - b);
};

/** The days on which a crossing changes, as known at the cut. They are numbers, in order. */
export const changeDays = computed(() => {
  const known = knownInstant.value;
  const starts = new Set<number>();
  for (const cells of planes.value.values())
    for (const { knownFrom, knownTo, validFrom } of cells)
      if (knownFrom <= known && known < knownTo) starts.add(validFrom);
  return daysOf(starts);
});

/** The days on which something about a crossing became known. They are numbers, in order. */
export const learnedDays = computed(() => {
  const starts = new Set<number>();
  for (const cells of planes.value.values()) for (const { knownFrom } of cells) starts.add(knownFrom);
  return daysOf(starts);
});
