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
