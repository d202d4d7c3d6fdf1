import { deserialize, serialize } from 'node:v8';
import type { ParkedEvent, Question, SentSearch, SentTask } from '#views';
import type { ConsumerStatus } from '#log';
import { TimeSlices, type Runtime } from '#runtime';
import type { Settings } from '../../settings.js';

/** The job of a thread: what it writes, and from which log. The threads `answers` and `searches` write nothing: they only answer questions. */
export interface ConsumerJob extends Pick<Settings, 'log'> {
  readonly kind: 'views' | 'search' | 'tree' | 'answers' | 'searches';
  /** The data folder, absolute. */
  readonly data: string;
  /** Absolute. */
  readonly file: string;
}

/** A dry run of events: the question is answered as if they were recorded. Only the thread of the views answers it. */
export interface PreviewAsked {
  /** A list of `RecordedEvent`. */
  readonly events: SentValue;
  readonly question: Question;
}

export type ToThread =
  /** Work now: somebody waits. */
  | { readonly kind: 'wake' }
  /** The log has the sequence. */
  | { readonly kind: 'head'; readonly sequence: number }
  /** Apply the events of the log, for `finish` milliseconds at most, then end. */
  | { readonly kind: 'stop'; readonly finish: number }
  /** `dropped` is shared memory, which a busy thread sees too: its only number is 1 where nobody waits for the answer. */
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly asked: PreviewAsked | SentTask | SentSearch;
      readonly dropped: Int32Array;
    };

/** `answer`: of `sentAnswer`. */
export type FromThread =
  | { readonly kind: 'status'; readonly status: ConsumerStatus }
  | { readonly kind: 'rebuild'; readonly reason: string }
  | { readonly kind: 'parked'; readonly event: ParkedEvent }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: SentValue }
  | { readonly kind: 'refused'; readonly id: number; readonly why: SentError }
  /** The last message of a thread that fails. */
  | { readonly kind: 'crash'; readonly why: SentError };

/** A value in the form in which it is sent between threads. A list is in parts: the server's thread writes and reads one part after the other. */
export interface SentValue {
  readonly isList: boolean;
  readonly parts: readonly Uint8Array[];
}

/** The most bytes of an answer, which the thread of the server writes as JSON. */
const MOST_ANSWER_BYTES = 32 * 1024 ** 2;
/** The bytes of a part, about. */
const PART_BYTES = 1 << 16;
/** The most items of a part. */
const MOST_ITEMS = 1_000;
/** Milliseconds of the server's thread for parts, until other work has its turn. */
const SLICE_MS = 5;

function* partsOf(list: readonly unknown[]): Generator<Uint8Array, void, void> {
  let count = 16;
  for (let from = 0; from < list.length;) {
    const part = serialize(list.slice(from, from + count));
    from += count;
    count = Math.max(1, Math.min(MOST_ITEMS, Math.floor((count * PART_BYTES) / part.length)));
    yield part;
  }
}

/** Throws where the answer is too large; the error has the code `unavailable`. */
export function sentAnswer(answer: unknown): SentValue {
  const isList = Array.isArray(answer);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (const part of isList ? partsOf(answer) : [serialize(answer)]) {
    parts.push(part);
    bytes += part.length;
    if (bytes <= MOST_ANSWER_BYTES) continue;
    const message = 'the answer has more than 32 MB: ask for a shorter interval';
    throw Object.assign(new Error(message), { code: 'unavailable' });
  }
  return { isList, parts };
}

/** A list as it is sent, written in turns with other work. */
export async function sentList(runtime: Runtime, list: readonly unknown[]): Promise<SentValue> {
  const slices = new TimeSlices(runtime, SLICE_MS);
  const parts: Uint8Array[] = [];
  for (const part of partsOf(list)) {
    parts.push(part);
    await slices.next();
  }
  return { isList: true, parts };
}

/** The value that was sent; a list is read in turns with other work. */
export async function received(runtime: Runtime, { isList, parts }: SentValue): Promise<unknown> {
  if (!isList) return deserialize(parts[0]!);
  const slices = new TimeSlices(runtime, SLICE_MS);
  const list: unknown[] = [];
  for (const part of parts) {
    for (const item of deserialize(part) as unknown[]) list.push(item);
    await slices.next();
  }
  return list;
}

/** An error in the form in which it is sent between threads, where an Error would lose its class and its cause. */
export interface SentError {
  readonly message: string;
  readonly code?: string;
}

interface Caused {
  readonly code?: unknown;
  readonly cause?: unknown;
}

export function sentError(error: unknown): SentError {
  const message = error instanceof Error ? error.message : String(error);
  for (let at = error as Caused | null | undefined; at; at = at.cause as Caused | undefined) {
    if (typeof at.code === 'string') return { message, code: at.code };
  }
  return { message };
}

export function receivedError({ message, code }: SentError): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
