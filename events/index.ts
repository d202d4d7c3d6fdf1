export { accept, isOfRecord } from './accept.js';
export type { Accepted } from './accept.js';
export {
  CORRECTION_KINDS,
  correctionOf,
  isCorrection,
  publicFrom,
  recordedCorrection,
  targetOf,
} from './correction.js';
export { storedDevelopment } from './development.js';
export type { CorrectionKind } from './correction.js';
export { described } from './description.js';
export type {
  Attribution,
  DevelopmentAsSent,
  Payload,
  ReportedTime,
  StoredDevelopment,
  Subject,
} from './development.js';
export { effectsOf } from './effects.js';
export { SentAttribution, SentSource } from './envelope.js';
export { rangeOf, subjectNamed } from './event-type.js';
export type { Fault, AcceptanceWarning } from './fault.js';
export { faultsOf } from './find-faults.js';
export { AnyObject, Formed, Nested, OneOf, Optional, Text, Time } from './field.js';
export { MODES, type Mode } from './crossing/status.js';
export { type Quantity } from './quantity.js';
export { STATEMENT_KINDS, type StatementKind } from './statement/made.js';
export type { GeoPoint } from './subject/registered.js';
export { envelopeSchema, schemaOfType } from './json-schema.js';
export type { JsonSchema } from './json-schema.js';
export { CATEGORIES, eventTypeNamed, eventTypes } from './registry.js';
export {
  horizonAt,
  subjectsNamed,
  timeWarnings,
  unknownTargetWarning,
  unregisteredWarning,
} from './second-look.js';
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
export { searchText } from './text.js';
export { UUID } from './value.js';
