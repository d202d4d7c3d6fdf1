export type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  HistoryOptions,
  Lag,
  LogFilter,
  LogPage,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from './event-log.js';
export { engineOf, isLogName, withoutCredentials } from './engine.js';
export type { Engine } from './engine.js';
export { Consumer, Failures, logSource, RETRY } from './consumer.js';
export type { ConsumerOptions, ConsumerStatus, RunningConsumer, Sink, ConsumerSource } from './consumer.js';
export { diskReasonOf, reasonOf } from './reason.js';
export { LogError } from './errors.js';
export type { LogErrorCode, LogErrorDetails, UnavailableReason } from './errors.js';
export { MAX_EVENT_BYTES } from './serialized-event.js';
