/** What is wrong with a development. */
export interface Fault {
  /** JSON pointer (RFC 6901) into the development as sent; empty: the whole of it. */
  readonly pointer: string;
  readonly detail: string;
  /** Nothing is wrong with it but its size. */
  readonly code?: 'too-large';
}

/** One reference token of a JSON pointer, `/` included (RFC 6901 §3). */
export const token = (key: string | number): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
