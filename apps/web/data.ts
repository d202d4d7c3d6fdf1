import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type {
  BasisAnswer,
  CrossingList,
  Difference,
  Entry,
  EventPageAnswer,
  ProblemAnswer,
  StateOfAll,
} from './api.js';
import type { Marked } from './marked.js';
import * as state from './state.js';

/** A refusal of the server, or that it did not answer. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly problem?: ProblemAnswer,
  ) {
    super(message);
  }
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

const KEY = 'borderline.key';

/** The key of this session, for writing, and for reading where the server asks for one. It goes in a header, never in an address. */
export const key = signal<string | undefined>(kept());

function kept(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined; // A frame of another site may have no storage.
  }
}

export function useKey(given: string | undefined): void {
  key.value = given;
  try {
    if (given === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, given);
  } catch {
    // It lives as long as the page.
  }
}

export const headers = (): Record<string, string> =>
  key.peek() === undefined ? {} : { authorization: `Bearer ${key.peek()!}` };

export function pathOf(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The JSON answer to a request. Throws Refusal. */
export async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { ...options, headers: { ...headers(), ...options.headers } }).catch(
    (error: unknown) => {
      if (options.signal?.aborted === true) throw error;
      throw new Refusal('The server does not answer.', 0);
    },
  );
  const body = (await response.json().catch(() => undefined)) as unknown;
  if (!response.ok) {
    const problem = body as ProblemAnswer | undefined;
    throw new Refusal(problem?.detail ?? problem?.title ?? response.statusText, response.status, problem);
  }
  return body as T;
}

/** The sequence that the page shows; undefined until the first answer. A read that is pinned to it never changes and is kept by the browser. */
export const head = signal<number | undefined>(undefined);
/** What went wrong last; undefined: nothing. */
export const failure = signal<Refusal | undefined>(undefined);

/** The cut as parameters of the API; `at` instead of parts of it. */
export function cutParameters(
  at: { asOf?: string | undefined; knownAt?: string | undefined } = {},
): Parameters {
  const asked = { asOf: state.asOf.value, knownAt: state.knownAt.value, ...at };
  return {
    // A pinned question without asOf would be answered as of the last event.
    asOf: asked.asOf ?? new Date(state.now.value).toISOString(),
    knownAt: asked.knownAt,
    recordedAt: state.recordedAt.value ?? (head.value === undefined ? undefined : `@${head.value}`),
    zone: state.zone.value,
    accordingTo: state.accordingTo.value,
    minReliability: state.minReliability.value,
  };
}

const KEPT = 200;
const answers = new Map<string, unknown>();

/** The latest answer to a question that changes; while the next is on its way, the one before. A late answer never replaces a newer one. */
export function answerTo<T>(question: () => string | undefined): ReadonlySignal<T | undefined> {
  const answer = signal<T | undefined>(undefined);
  let asking: AbortController | undefined;
  effect(() => {
    const path = question();
    void key.value;
    asking?.abort();
    if (path === undefined) {
      answer.value = undefined;
      return;
    }
    const known = answers.get(path);
    if (known !== undefined) {
      answer.value = known as T;
      return;
    }
    const abort = (asking = new AbortController());
    ask<T>(path, { signal: abort.signal }).then(
      (found) => {
        if (abort.signal.aborted) return;
        if (answers.size >= KEPT) answers.delete(answers.keys().next().value!);
        if (path.includes('recordedAt=%40')) answers.set(path, found);
        failure.value = undefined;
        answer.value = found;
      },
      (error: unknown) => {
        if (!abort.signal.aborted)
          failure.value = error instanceof Refusal ? error : new Refusal(String(error), 0);
      },
    );
  });
  return answer;
}

/** The crossings at the cut. */
export const crossings = answerTo<CrossingList>(() =>
  head.value === undefined ? undefined : pathOf('/v1/crossings', cutParameters()),
);
/** What differs as of the same time, between what was known at the cut and what is known now; asked while the two are apart. */
const difference = answerTo<Difference>(() => {
  if (head.value === undefined || !state.isApart.value) return undefined;
  const prefixed = (side: string, cut: Parameters): [string, string | number | undefined][] =>
    Object.entries(cut).map(([name, value]) => [`${side}.${name}`, value]);
  const sides = [
    ...prefixed('from', cutParameters()),
    ...prefixed('to', cutParameters({ knownAt: undefined })),
  ];
  return pathOf('/v1/diff', { view: 'crossings', ...Object.fromEntries(sides) });
});
/** What is known now of a crossing, where that differs from what was known at the cut. */
export interface KnownNow extends Marked {
  /** Its status is the same: something else that was said of it differs, such as who may still cross. */
  readonly isSameStatus: boolean;
}

/** By subject. */
export const knownNow = computed(() => {
  const changes = state.isApart.value ? (difference.value?.changes ?? []) : [];
  const bySubject = new Map<string, KnownNow>();
  for (const { subject, aspect, before, after } of changes) {
    if (aspect !== 'status') continue;
    const [then, now] = [markedBy(before), markedBy(after)];
    const isSameStatus = then.status === now.status && String(then.possible) === String(now.possible);
    bySubject.set(subject, { ...now, isSameStatus });
  }
  return bySubject;
});

/** The status in a change, which leaves `certain` out. */
function markedBy(value: unknown): Marked {
  const { status = 'unknown', possible } = (value ?? {}) as Partial<Marked>;
  return { status, certain: possible === undefined, ...(possible && { possible }) };
}

/** All views at the cut, a moment after the cut has come to rest. */
export const everything = answerTo<StateOfAll>(() =>
  head.value === undefined ? undefined : pathOf('/v1/state', restingCut.value),
);
const restingCut = signal<Parameters>({});
let resting: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const cut = cutParameters();
  clearTimeout(resting);
  resting = setTimeout(() => (restingCut.value = cut), 150);
});

/** The latest events, the newest first, and those that register subjects and actors; by id. */
export const events = signal<ReadonlyMap<string, Entry>>(new Map());
export const eventList = computed(() => [...events.value.values()].sort((a, b) => b.sequence - a.sequence));

const PAGE = 1000;

/** Asks what the page shows first: where the log ends, then the events. */
export async function load(): Promise<void> {
  try {
    const { basis } = await ask<{ basis: BasisAnswer }>(
      pathOf('/v1/crossings', { limit: 1, fields: 'status' }),
    );
    head.value = basis.sequence;
    if (new URLSearchParams(location.search).get('zone') === null) state.zone.value = basis.zone;
    const found = await Promise.all([
      ask<EventPageAnswer>(pathOf('/v1/events', { limit: PAGE, order: 'desc' })),
      ask<EventPageAnswer>(pathOf('/v1/events', { limit: PAGE, type: 'subject.registered' })),
    ]);
    events.value = new Map(found.flatMap(({ items }) => items).map((entry) => [entry.id, entry]));
    failure.value = undefined;
  } catch (error) {
    failure.value = error instanceof Refusal ? error : new Refusal(String(error), 0);
  }
}

interface Registration {
  readonly kind: string;
  readonly id: string;
  readonly names: Readonly<Record<string, string>>;
}

/** What is registered, by kind and id. */
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
export const nameOf = (id: string): string => {
  const names = registrations.value.get(id)?.names;
  return names?.[state.lang.value] ?? names?.['en'] ?? names?.['lt'] ?? id;
};
