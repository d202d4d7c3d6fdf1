/** The read side does not have what was asked for, or cannot be read now. Asked again later, it may. The message is a sentence. */
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
