export type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  LogFilter,
  LogPage,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from './event-log.js';
export { engineOf, isLogName, withoutCredentials } from './engine.js';
export { Consumer, Failures, logSource } from './consumer.js';
export type { ConsumerOptions, ConsumerStatus, RunningConsumer, Sink } from './consumer.js';
export { diskReasonOf, reasonOf } from './reason.js';
export { LogError } from './errors.js';
