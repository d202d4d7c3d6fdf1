import { computed, signal } from '@preact/signals';
import { dayAt, type Day } from './days.js';

export const VIEWS_OF_PAGE = ['map', 'plane', 'charts', 'timeline', 'compare', 'record'] as const;
export type PageView = (typeof VIEWS_OF_PAGE)[number];

export const STATUSES = ['open', 'restricted', 'closed', 'unknown'] as const;

/** The pictures of the view `charts`, in their order. */
export const PICTURES = ['statuses', 'held', 'measures', 'warnings', 'nights', 'talks', 'claims'] as const;
export type PictureName = (typeof PICTURES)[number];

/** The relation of the second time to the first: the same day, no cut, or a day of its own. */
export type KnowledgeMode = 'day' | 'all' | 'own';

/** The state of the page, with one signal a fact. Only `url.ts` maps the signals to the address; only `data.ts` asks the server. */
export const view = signal<PageView>('map');
/** The chosen picture. Undefined: all pictures are shown. */
export const picture = signal<PictureName | undefined>(undefined);
/** The first time: a day, or an instant where the address has an instant. Undefined: now. */
export const asOf = signal<string | undefined>(undefined);
/** The second time: a day, or an instant where the address has an instant. Undefined: no cut. */
export const knownAt = signal<string | undefined>(undefined);
/** The third time: `@n`, or an instant. Undefined: the whole log. */
export const recordedAt = signal<string | undefined>(undefined);
export const mode = signal<KnowledgeMode>('day');
export const zone = signal('Europe/Vilnius');
/** The zone of the server. */
export const homeZone = signal('Europe/Vilnius');
export const lang = signal<'en' | 'lt'>('en');
export const theme = signal<'auto' | 'light' | 'dark'>('auto');

export const border = signal<string | undefined>(undefined);
export const status = signal<string | undefined>(undefined);
export const text = signal('');
export const accordingTo = signal<string | undefined>(undefined);
export const minReliability = signal<string | undefined>(undefined);

/** A subject that can be selected: its id, and the view of the API that has the subject. */
export interface Selected {
  readonly view: string;
  readonly id: string;
}
export const selected = signal<Selected | undefined>(undefined);
/** The id of the selected event. */
export const event = signal<string | undefined>(undefined);
/** Whether the audit is open beside the view. */
export const isAuditing = signal(false);

/** The present of the page. It moves with the clock only while the page does not show the past. */
export const now = signal(Date.now());
export const today = computed<Day>(() => dayAt(now.value, zone.value));

/** The day of a bound of the cut. */
const dayOf = (bound: string): Day => (/^\d{4}-\d\d-\d\d$/.test(bound) ? bound : dayAt(bound, zone.value));

export const asOfDay = computed<Day>(() => (asOf.value === undefined ? today.value : dayOf(asOf.value)));
export const knownDay = computed<Day | undefined>(() =>
  knownAt.value === undefined ? undefined : dayOf(knownAt.value),
);
/** Whether there is a cut of knowledge, so that a fact known now may be unknown at the cut. */
export const isApart = computed(() => knownAt.value !== undefined);

/** Sets the first time. The second time follows the first while the two are linked. */
export function goTo(day: Day | undefined): void {
  asOf.value = day;
  if (mode.value === 'day') knownAt.value = day;
}

/** Sets the second time alone. */
export function knowAt(day: Day | undefined): void {
  mode.value = day === undefined ? 'all' : day === asOf.value ? 'day' : 'own';
  knownAt.value = day;
}

export function link(chosen: KnowledgeMode): void {
  mode.value = chosen;
  if (chosen === 'day') knownAt.value = asOf.value;
  else if (chosen === 'all') knownAt.value = undefined;
  else knownAt.value ??= asOfDay.value;
}
