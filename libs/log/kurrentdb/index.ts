export { isConnectionString } from '../engine.js';
export { openKurrentLog } from './kurrent-log.js';
export type { KurrentLog, KurrentLogOptions } from './kurrent-log.js';
