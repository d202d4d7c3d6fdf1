export { Gate } from './gate.js';
export type { WaitOptions } from './gate.js';
export { systemRuntime } from './runtime.js';
export type { Runtime } from './runtime.js';
export { SharedWork } from './shared-work.js';
export { finished, Turnstile, waitFor } from './turnstile.js';
export type { Lane, Interruptible, TurnOptions } from './turnstile.js';
export { backoff, TimeoutError, TimeSlices, withTimeout } from './waiting.js';
export type { BackoffBounds } from './waiting.js';
