import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { BasisAnswer, ProblemAnswer, StateOfAll } from './api.js';
import * as state from './state.js';

/** The server refused a request, or did not answer. */
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

/** The key of this session, for writing, and for reading where the server requires a key. The key is sent in a header, never in an address. */
export const key = signal<string | undefined>(storedKey());

function storedKey(): string | undefined {
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
    // Without storage the key lives as long as the page.
  }
}

/** A key has visible ASCII characters only; no other text can be sent in a header. */
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

/** Sends a request, and returns the answer where it is a success. Throws Refusal. */
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

/** The answer to a request as a text. Throws Refusal. */
export const askText = async (path: string): Promise<string> => (await answered(path, {})).text();

/** The sequence that the page shows; undefined until the first answer. An answer pinned to a sequence never changes, so the browser keeps it. */
export const head = signal<number | undefined>(undefined);
/** The last failure; undefined where nothing has failed. */
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

/** The parameters of every question: the log as far as the page shows it, and the voices that count. */
export const pinned = (): Parameters => ({
  recordedAt: state.recordedAt.value ?? (head.value === undefined ? undefined : `@${head.value}`),
  zone: state.zone.value,
  accordingTo: state.accordingTo.value,
  minReliability: state.minReliability.value,
});

/** The number of retries. An increase asks the refused questions again. */
const tries = signal(0);

export function askAgain(): void {
  if (failure.peek() !== undefined) tries.value += 1;
  failure.value = undefined;
}

const MOST_ANSWERS = 200;
const answers = new Map<string, unknown>();

/** The latest answer to a question that changes. The previous answer stays until the next arrives. A late answer never replaces a newer answer. */
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
        if (answers.size >= MOST_ANSWERS) answers.delete(answers.keys().next().value!);
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

/** The cut, a moment after its last change: the page asks no questions while a slider moves. */
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

/** Asks for the last sequence of the log: the page shows the log up to this sequence. */
export async function loadHead(): Promise<void> {
  const { basis } = await ask<{ basis: BasisAnswer }>(
    pathOf('/v1/crossings', { limit: 1, fields: 'status' }),
  );
  batch(() => {
    // A new event may have arrived before this answer.
    head.value = Math.max(head.peek() ?? 0, basis.sequence);
    state.homeZone.value = basis.zone;
    if (new URLSearchParams(location.search).get('zone') === null) state.zone.value = basis.zone;
  });
}
