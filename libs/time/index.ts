export { TimeError } from './time-error.js';
export type { TimeErrorCode } from './time-error.js';
export { EARLIEST, LATEST } from './instant.js';
export type { Instant, Range } from './instant.js';
export { formatInstant, parseCut, parseInstant, isZone, assertZone, resolve } from './first-cut.js';
export type { Role } from './first-cut.js';
