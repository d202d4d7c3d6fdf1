export type {
  Appended,
  EventLog,
  ExpectedRevisions,
  Head,
  LogFilter,
  LogSignal,
  NewEvent,
  ReadOptions,
  RecordedEvent,
} from './event-log.js';
export { LogError } from './errors.js';
export type { LogErrorCode, LogErrorDetails } from './errors.js';
export { MAX_EVENT_BYTES } from './serialized-event.js';
