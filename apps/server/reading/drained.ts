import type { Writable } from 'node:stream';

/** When all that was written has gone out, or the client has. */
export function drained(response: Writable): Promise<void> {
  return new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
