/**
 * The read side lacks the requested data, or cannot read it now: a later request may succeed. `too-long`: the same request takes too long at any time.
 * The message is a sentence.
 */
export class ViewsError extends Error {
  override readonly name = 'ViewsError';

  constructor(
    readonly code: 'behind' | 'unavailable' | 'too-long',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Throws the error again where it is a ViewsError `too-long`. An error of another thread has lost its class. */
export function rethrowTooLong(error: unknown): void {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  if (code === 'too-long') throw new ViewsError('too-long', message, { cause: error });
}
