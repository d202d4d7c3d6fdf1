export type { KurrentLog } from './kurrent-log.js';
export { openKurrentLog } from './open.js';
export type { KurrentLogOptions } from './options.js';
export { KurrentStreams } from './kurrent-streams.js';
