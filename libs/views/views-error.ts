/** The read side lacks the requested data, or cannot read it now. A later request may succeed. The message is a sentence. */
export class ViewsError extends Error {
  override readonly name = 'ViewsError';

  constructor(
    readonly code: 'behind' | 'unavailable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
