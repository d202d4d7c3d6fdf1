import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ViewsOptions } from '#views';
import type { Settings } from '../../settings.js';

/** What the thread is told: the data folder, absolute, where the log is kept, and the file that is to follow it. */
export interface Taken extends Pick<Settings, 'log'> {
  readonly data: string;
  readonly file: string;
}

const BUILT = fileURLToPath(new URL('./search-worker.js', import.meta.url));

/**
 * Takes a long log into the search in a thread that ends once it has: views and search are then built side by side, on two
 * processors. Undefined where there is no such thread: where the server runs from its sources, as it does in specs.
 */
export function searchThread(
  followed: Omit<Taken, 'file'>,
  onStart: () => void = () => undefined,
): ViewsOptions['indexElsewhere'] {
  if (!existsSync(BUILT)) return undefined;
  return (file, signal) =>
    new Promise((resolve, reject) => {
      onStart();
      const worker = new Worker(BUILT, { workerData: { ...followed, file } satisfies Taken, name: 'search' });
      const cutOff = (): void => void worker.terminate();
      signal.addEventListener('abort', cutOff, { once: true });
      worker.once('error', reject);
      worker.once('exit', () => {
        signal.removeEventListener('abort', cutOff);
        resolve();
      });
    });
}
