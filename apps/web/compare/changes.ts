import { computed, signal } from '@preact/signals';
import type { Changed, CrossingList, Difference } from '../api.js';
import { compared, SIDES, type ComparedCut, type SideName } from '../compared.js';
import { answerTo, head, pathOf, pinned, type Parameters } from '../data.js';
import { view } from '../state.js';
import { words } from '../words/index.js';

/** The view of the API that is compared. Empty: all views are compared. */
export const about = signal('');

const cutOf = ({ asOf, knownAt, recordedAt }: ComparedCut): Parameters => ({
  ...pinned(),
  asOf,
  knownAt,
  ...(recordedAt !== undefined && { recordedAt }),
});

const isShown = (): boolean => view.value === 'compare' && head.value !== undefined;

export const difference = answerTo<Difference>(() => {
  if (!isShown()) return undefined;
  const sides = SIDES.flatMap((side) =>
    Object.entries(cutOf(compared.value[side])).map(([name, value]) => [`${side}.${name}`, value] as const),
  );
  return pathOf('/v1/diff', { ...Object.fromEntries(sides), view: about.value || undefined });
});

const crossingsOf = (side: SideName) =>
  answerTo<CrossingList>(() =>
    isShown() ? pathOf('/v1/crossings', cutOf(compared.value[side])) : undefined,
  );

/** The crossings of each side. */
export const crossingsBySide = { from: crossingsOf('from'), to: crossingsOf('to') };

export type Kind = 'added' | 'changed' | 'gone';
export const kindOf = ({ before, after }: Changed): Kind =>
  before === undefined || before === null
    ? 'added'
    : after === undefined || after === null
      ? 'gone'
      : 'changed';

const statusOf = (value: unknown): unknown =>
  (value as { readonly status?: unknown } | null | undefined)?.status;

/** The differences, without a difference of one kind of traffic that repeats the difference of the whole crossing. */
export const changes = computed<readonly Changed[]>(() => {
  const all = difference.value?.changes ?? [];
  const whole = new Map(all.map((one) => [`${one.view} ${one.subject} ${one.aspect}`, one]));
  return all.filter(({ view: of, subject, aspect, before, after }) => {
    const [first, second, third] = aspect.split('/');
    const over = first === 'next' ? third && 'next' : first === 'status' ? second && 'status' : undefined;
    const said = over && whole.get(`${of} ${subject} ${over}`);
    return !said || statusOf(said.before) !== statusOf(before) || statusOf(said.after) !== statusOf(after);
  });
});

/** The changes by view, in the order of the views' names, then by subject. */
export const groups = computed(() => {
  const order = Object.keys(words.value.viewNames);
  return [...Map.groupBy(changes.value, (one) => one.view)]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([of, some]) => ({ view: of, subjects: [...Map.groupBy(some, ({ subject }) => subject)] }));
});

export const counted = (kind: Kind): number => changes.value.filter((one) => kindOf(one) === kind).length;
/** The ids of the crossings that have a difference. */
export const moved = computed(
  () => new Set(changes.value.filter((one) => one.view === 'crossings').map(({ subject }) => subject)),
);
