import { deserialize, serialize } from 'node:v8';
import type { ParkedEvent, Question, SentSearch, SentTask } from '#views';
import type { ConsumerStatus, RecordedEvent } from '#log';
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
  readonly events: readonly RecordedEvent[];
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
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Uint8Array }
  | { readonly kind: 'refused'; readonly id: number; readonly why: SentError }
  /** The last message of a thread that fails. */
  | { readonly kind: 'crash'; readonly why: SentError };

/** The most bytes of an answer: the thread of the server reads it without a break, and then writes it as JSON. */
const MOST_ANSWER_BYTES = 32 * 1024 ** 2;

/** An answer in the form in which it is sent between threads. Throws where it is too large; the error has the code `unavailable`. */
export function sentAnswer(answer: unknown): Uint8Array {
  const bytes = serialize(answer);
  if (bytes.length <= MOST_ANSWER_BYTES) return bytes;
  const megabytes = Math.ceil(bytes.length / 1024 ** 2);
  const message = `the answer has ${megabytes} MB, more than 32: ask for a shorter interval`;
  throw Object.assign(new Error(message), { code: 'unavailable' });
}

export const receivedAnswer = (answer: Uint8Array): unknown => deserialize(answer);

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
