import type { paths } from './api.js';

/** The addresses that have a method. */
export type PathOf<M extends 'get' | 'post'> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths] &
  string;

type Operation<P extends keyof paths, M extends 'get' | 'post'> = paths[P][M];

type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Exclude<Q, undefined> : never;
type InPathOf<O> = O extends { parameters: { path: infer I } } ? I : never;

/** The options of a request: parts of the address in braces, parameters, and a signal. */
export type Asked<P extends keyof paths, M extends 'get' | 'post'> = ([InPathOf<Operation<P, M>>] extends [
  never,
]
  ? { readonly path?: never }
  : { readonly path: Readonly<InPathOf<Operation<P, M>>> }) & {
  readonly query?: QueryOf<Operation<P, M>>;
  readonly signal?: AbortSignal;
};

/** The body of a request: `body`, a value; or `json`, the text to send. */
export type BodyFor<P extends keyof paths> =
  Operation<P, 'post'> extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { readonly body: B; readonly json?: never } | { readonly json: string; readonly body?: never }
    : never;

type Success<R> = R extends { 200: infer A }
  ? R extends { 201: infer B }
    ? A | B
    : A
  : R extends { 201: infer B }
    ? B
    : never;

/** The type of the JSON answer of an address. */
export type AnswerOf<P extends keyof paths, M extends 'get' | 'post'> =
  Operation<P, M> extends { responses: infer R }
    ? Success<R> extends { content: { 'application/json': infer A } }
      ? A
      : never
    : never;

/** The parameter `asked`, which may be left out where no option is required. */
export type Rest<T> = object extends T ? [asked?: T] : [asked: T];
