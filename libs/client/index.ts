/**
 * A client of the HTTP API, for Node and browsers. The client is published as a package of its own, and imports nothing of the rest of the project:
 * its types in `api.ts` are generated from the description of the API.
 */
export type { components, paths } from './api.js';
export { Client } from './client.js';
export type {
  ChangesOptions,
  ClientOptions,
  EventsOptions,
  LoggedEvent,
  QueryValues,
  ReplayOptions,
} from './client.js';
export { MessageStream, ResetError } from './message-stream.js';
export type { CaughtUp, StreamItem, StreamMessage, SubscribeOptions, Waiting } from './message-stream.js';
export { ConnectionError, ProblemError } from './problem-error.js';
export type { ReportedFault } from './problem-error.js';
export type { AnswerOf, Asked } from './typed.js';
