import type { Writable } from 'node:stream';

/** Resolves when everything written has been sent, or the client has disconnected. */
export function drained(response: Writable): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
