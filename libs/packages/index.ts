import { createRequire } from 'node:module';

/**
 * Packages that few requests need and that take long to load: each is loaded at the first call of its function, then kept. A package
 * whose code is quick to load is imported where it is used.
 */

let grammar: typeof import('edtf') | undefined;

/** The grammar of EDTF. Loading it takes 15 ms of processor time, in each thread. */
export const edtf = (): typeof import('edtf') =>
  (grammar ??= createRequire(import.meta.url)('edtf') as typeof import('edtf'));
