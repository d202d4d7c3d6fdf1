import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { BasisAnswer, ProblemAnswer, StateOfAll } from './api.js';
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

export type Parameters = Readonly<Record<string, string | number | undefined>>;

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

/** A key is of visible ASCII; no other text can be sent in a header. */
const SENDABLE = /^[\x21-\x7e]+$/;

export const headers = (): Record<string, string> =>
  SENDABLE.test(key.peek() ?? '') ? { authorization: `Bearer ${key.peek()!}` } : {};

export function pathOf(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** An answer that is no refusal. Throws Refusal. */
async function answered(path: string, options: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...options, headers: { ...headers(), ...options.headers } }).catch(
    (error: unknown) => {
      if (options.signal?.aborted === true) throw error;
      throw new Refusal('The server does not answer.', 0);
    },
  );
  if (response.ok) return response;
  const problem = (await response.json().catch(() => undefined)) as ProblemAnswer | undefined;
  throw new Refusal(problem?.detail ?? problem?.title ?? response.statusText, response.status, problem);
}

/** The JSON answer to a request. Throws Refusal. */
export async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  const response = await answered(path, options);
  return (await response.json().catch(() => undefined)) as T;
}

/** The answer as a text. Throws Refusal. */
export const askText = async (path: string): Promise<string> => (await answered(path, {})).text();

/** The sequence that the page shows; undefined until the first answer. A read that is pinned to it never changes and is kept by the browser. */
export const head = signal<number | undefined>(undefined);
/** What went wrong last; undefined: nothing. */
export const failure = signal<Refusal | undefined>(undefined);

/** The cut as parameters of the API. */
function cutParameters(): Parameters {
  return {
    // A pinned question without asOf would be answered as of the last event.
    asOf: state.asOf.value ?? new Date(state.now.value).toISOString(),
    knownAt: state.knownAt.value,
    ...pinned(),
  };
}

/** What a question of any time has: the log as far as the page shows it, and the voices that count. */
export const pinned = (): Parameters => ({
  recordedAt: state.recordedAt.value ?? (head.value === undefined ? undefined : `@${head.value}`),
  zone: state.zone.value,
  accordingTo: state.accordingTo.value,
  minReliability: state.minReliability.value,
});

/** Raised to ask again what was refused. */
const tries = signal(0);

export function askAgain(): void {
  if (failure.peek() !== undefined) tries.value += 1;
  failure.value = undefined;
}

const KEPT = 200;
const answers = new Map<string, unknown>();

/** The latest answer to a question that changes; while the next is on its way, the one before. A late answer never replaces a newer one. */
export function answerTo<T>(question: () => string | undefined): ReadonlySignal<T | undefined> {
  const answer = signal<T | undefined>(undefined);
  let asking: AbortController | undefined;
  const wanted = computed(question);
  effect(() => {
    const { value: path } = wanted;
    void key.value;
    void tries.value;
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

/** The cut, a moment after it has come to rest: nothing is asked for while a slider moves. */
export const restingCut = signal<Parameters | undefined>(undefined);
const RESTS_MS = 150;
let resting: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const cut = cutParameters();
  if (head.value === undefined) return;
  clearTimeout(resting);
  if (restingCut.peek() === undefined) restingCut.value = cut;
  else resting = setTimeout(() => (restingCut.value = cut), RESTS_MS);
});

/** All views at the cut. */
export const everything = answerTo<StateOfAll>(() =>
  restingCut.value === undefined ? undefined : pathOf('/v1/state', restingCut.value),
);

/** Asks where the log ends: the page shows it up to there. */
export async function loadHead(): Promise<void> {
  const { basis } = await ask<{ basis: BasisAnswer }>(
    pathOf('/v1/crossings', { limit: 1, fields: 'status' }),
  );
  batch(() => {
    // An event may have been told while this was asked.
    head.value = Math.max(head.peek() ?? 0, basis.sequence);
    state.homeZone.value = basis.zone;
    if (new URLSearchParams(location.search).get('zone') === null) state.zone.value = basis.zone;
  });
}
