/** The only file of the client with a timer: the client runs in browsers too, without the rest of the project. */

/** Resolves after `milliseconds`, or immediately where the signal is aborted. Never rejects. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** A random number from 0 to 1, so that many clients do not reconnect at the same time. */
export const chance = (): number => Math.random();
