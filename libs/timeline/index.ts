export type {
  AspectRule,
  Because,
  KnowledgeCut,
  Effect,
  EventId,
  KnownEffect,
  Reliability,
  Span,
  Standing,
} from './effect.js';
export { overlay, SILENT, type CellState, type Candidate } from './overlay.js';
export { boundsOf, cellKey, cellOf, isVisible, ledgerOf, mergeCells, type CellKey } from './cell.js';
export { compareRank } from './rank.js';
export { outlineOf, type ClassOf } from './outline.js';
export { endsAt, isDay, meet } from './meeting.js';
export {
  combine,
  earliestStart,
  joinAll,
  latestEnd,
  rememberAnswers,
  runAt,
  runStart,
  segments,
  switched,
  type Steps,
} from './steps.js';
export {
  DEEPEST_CORRECTION,
  Lineage,
  revise,
  versionsOf,
  type LineageRoot,
  type RecordedCorrection,
  type Revision,
  type Version,
} from './lineage.js';
export { diff, differences, type Change, type Stated } from './diff.js';
export { verdictsInLedger, verdictsOf, nearestRows, unseenAs, type VerdictOnSeen } from './explain.js';
