import { computed, signal } from '@preact/signals';
import type { Entry, EventPageAnswer } from './api.js';
import { ask, pathOf } from './data.js';
import { lang } from './state.js';

/** The latest events, the newest first, and the events that register subjects and actors; by id. */
export const events = signal<ReadonlyMap<string, Entry>>(new Map());
export const eventList = computed(() => [...events.value.values()].sort((a, b) => b.sequence - a.sequence));

const PAGE = 1000;

export async function loadEvents(): Promise<void> {
  const found = await Promise.all([
    ask<EventPageAnswer>(pathOf('/v1/events', { limit: PAGE, order: 'desc' })),
    ask<EventPageAnswer>(pathOf('/v1/events', { limit: PAGE, type: 'subject.registered' })),
  ]);
  const all = found.flatMap(({ items }) => items).map((entry) => [entry.id, entry] as const);
  events.value = new Map([...events.value, ...all]);
}

/** By the id of an event, the ids of its corrections and retractions. */
export const correctionsOf = computed(() => {
  const found = new Map<string, string[]>();
  for (const { id, type, data } of eventList.value) {
    if (!type.startsWith('record.')) continue;
    const { target } = data as { readonly target: string };
    found.set(target, [...(found.get(target) ?? []), id]);
  }
  return found;
});

interface Registration {
  readonly kind: string;
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
}

/** The registered subjects and actors, by id. */
const registrations = computed(() => {
  const found = new Map<string, Registration>();
  for (const { type, data } of [...eventList.value].reverse()) {
    if (type !== 'subject.registered') continue;
    const registration = data as unknown as Registration;
    found.set(registration.id, registration);
  }
  return found;
});

/** The name of an actor or subject in the language of the page, or its id. */
export function nameOf(id: string): string {
  const names = registrations.value.get(id)?.names;
  return names?.[lang.value] ?? names?.['en'] ?? names?.['lt'] ?? id;
}

/** The local names of a crossing, such as `Каменны Лог`, without the name that the page uses. */
export function localNames(id: string): readonly (readonly [language: string, name: string])[] {
  const registration = registrations.value.get(id);
  if (registration?.kind !== 'crossing') return [];
  return Object.entries(registration.names).filter(
    ([language, name]) => language !== 'en' && name !== nameOf(id),
  );
}

/** The ids of the registered subjects and actors, by kind. */
export const registeredIds = computed(() =>
  Map.groupBy([...registrations.value.keys()].sort(), (id) => registrations.value.get(id)!.kind),
);
