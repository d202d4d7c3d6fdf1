export { EARLIEST, LATEST } from './instant.js';
export type { Instant, Range } from './instant.js';
