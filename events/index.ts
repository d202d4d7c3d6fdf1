export { accept, isOfRecord, MOST_BYTES } from './accept.js';
export type { Accepted, AcceptOptions } from './accept.js';
export {
  CORRECTION_KINDS,
  correctionOf,
  DEEPEST_CORRECTION,
  publicFrom,
  recordedCorrection,
} from './correction.js';
export { storedDevelopment } from './development.js';
export type { Correction, CorrectionKind } from './correction.js';
export { described } from './description.js';
export type {
  Attribution,
  Development,
  DevelopmentAsSent,
  EventType,
  Payload,
  ReportedTime,
  ReportedTimeAsSent,
  Source,
  StatedEffect,
  StoredDevelopment,
  Subject,
} from './development.js';
export { effectsOf } from './effects.js';
export { SentAttribution, SentDevelopment, SentSource, STANDINGS } from './envelope.js';
export { rangeOf, streamOf } from './event-type.js';
export type { Fault, AcceptanceWarning, WarningCode } from './fault.js';
export { faultsOf } from './find-faults.js';
export { AnyObject, Formed, ID, Nested, OneOf, Optional, Text, Time } from './field.js';
export { MODES, type Mode } from './crossing/status.js';
export { QUALIFIERS, type Quantity } from './quantity.js';
export { STATEMENT_KINDS, type StatementKind } from './statement/made.js';
export type { GeoPoint } from './subject/registered.js';
export { envelopeSchema, schemaOfType } from './json-schema.js';
export type { JsonSchema } from './json-schema.js';
export { CATEGORIES, eventTypeNamed, eventTypes } from './registry.js';
export { horizonAt, subjectsNamed, timeWarnings, unregisteredWarning } from './second-look.js';
export type { Horizon, NamedSubject } from './second-look.js';
export {
  areSimilar,
  beginningsOf,
  documentRead,
  MOST_SIMILAR,
  similarWarning,
  similarWithin,
} from './similar.js';
export type { Beginning, IndexedBeginning } from './similar.js';
export { nearest, nearestId } from './nearest.js';
export type { Kind } from './kinds.js';
export { dataVersions, developmentExamples, developmentModels, developmentSchema } from './schema.js';
export type { DataVersion } from './schema.js';
export { searchText } from './text.js';
export { upcast } from './upcast.js';
export { UUID } from './value.js';
