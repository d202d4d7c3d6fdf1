import { computed, signal } from '@preact/signals';
import { dayAt, type Day } from './days.js';

export const VIEWS_OF_PAGE = ['map', 'plane', 'charts', 'timeline', 'compare', 'record'] as const;
export type PageView = (typeof VIEWS_OF_PAGE)[number];

export const STATUSES = ['open', 'restricted', 'closed', 'unknown'] as const;

/** The pictures of the view `charts`, in their order. */
export const PICTURES = ['statuses', 'held', 'measures', 'warnings', 'nights', 'talks', 'claims'] as const;
export type PictureName = (typeof PICTURES)[number];

/** How the second time goes with the first: the same day, no cut, or a day of its own. */
export type KnowledgeMode = 'day' | 'all' | 'own';

/** What is shown: one signal a fact. `url.ts` alone maps them to the address, `data.ts` alone asks the server. */
export const view = signal<PageView>('map');
/** Undefined: all of them. */
export const picture = signal<PictureName | undefined>(undefined);
/** A day, or an instant where the address has one; undefined: now. */
export const asOf = signal<string | undefined>(undefined);
/** The same; undefined: no cut. */
export const knownAt = signal<string | undefined>(undefined);
/** `@n`, or an instant; undefined: all of the log. */
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

/** The subject that is looked at: the view of the API that has it, and its id. */
export interface Selected {
  readonly view: string;
  readonly id: string;
}
export const selected = signal<Selected | undefined>(undefined);
/** The id of the event that is looked at. */
export const event = signal<string | undefined>(undefined);
/** The audit is beside the view. */
export const isAuditing = signal(false);

/** The moment of the page; it moves with the clock only while nobody looks at the past. */
export const now = signal(Date.now());
export const today = computed<Day>(() => dayAt(now.value, zone.value));

/** The day of a bound of the cut. */
const dayOf = (bound: string): Day => (/^\d{4}-\d\d-\d\d$/.test(bound) ? bound : dayAt(bound, zone.value));

export const asOfDay = computed<Day>(() => (asOf.value === undefined ? today.value : dayOf(asOf.value)));
export const knownDay = computed<Day | undefined>(() =>
  knownAt.value === undefined ? undefined : dayOf(knownAt.value),
);
/** The two times differ, so that something may have been unknown then which is known now. */
export const isApart = computed(() => knownAt.value !== undefined);

/** Sets the first time; the second follows it while they are linked. */
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
