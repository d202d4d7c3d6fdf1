export type { ChangeOverTime, Said } from './changes-over-time.js';
export {
  ChangeFinder,
  isAboutNext,
  type SubjectsOfStep,
  type FoundChange,
  type PartEnd,
  type Rewritten,
} from './changes/change-finder.js';
export {
  parseChangeId,
  pointId,
  START_OF_CHANGES,
  type ChangeIdText,
  type ChangePlace,
} from './changes/change-id.js';
export { ChangeWalk, type ChangeOfState, type StepFilter, type StepPart } from './changes/change-walk.js';
export { Replay, type ReplayItem } from './changes/replay.js';
export {
  parseReplayId,
  REPLAY_AXES,
  replayId,
  type ReplayAxis,
  type ReplayPlace,
} from './changes/replay-place.js';
export { comparisonOf, type ChangeStep, type Point } from './changes/staircase.js';
export { columnsFor, csvColumns, type CsvColumn, type CsvColumns } from './csv-columns.js';
export { Schedule } from './due/schedule.js';
export { isAhead, type ScheduledChange, type ScheduledValue } from './due/subject-schedule.js';
export { explainRows, type RowWindow, type PartialExplanation } from './explain-rows.js';
export {
  explain,
  MOST_WEIGHED,
  VERDICTS,
  weighable,
  type ExplanationSource,
  type ExplainedEffect,
  type Explanation,
  type Verdict,
} from './explain.js';
export { EventSearch, SentSearches, type SentSearch } from './event-search.js';
export type { LongWork } from './long-work.js';
export { fingerprintNow } from './fingerprint.js';
export { historyOf, type AnswerHistory, type HistoryAsked, type KnowledgeAxis } from './history.js';
export type { ItemCounts } from './item-counts.js';
export type { RememberedItem } from './remembered-items.js';
export type { Rectangle } from './planes.js';
export type { Question } from './question.js';
export { State, viewNamed, VIEWS, type StateChange } from './state.js';
export {
  CORRECTION_AT,
  CORRECTION_MEMBERS,
  EFFECT_AT,
  EFFECT_MEMBERS,
  EFFECT_ORDER,
  type CorrectionRow,
  type EffectRow,
  type StoredCell,
} from './sqlite/table-columns.js';
export type { CellPage } from './sqlite/stored-effects.js';
export type { EventQuery } from './sqlite/event-index.js';
export { matchOf, SEARCH_LIMITS, SearchTextError } from './sqlite/search-text.js';
export type { EffectFilter } from './sqlite/effect-filter.js';
export type { Area, AreaPiece } from './airspace.js';
export type { Claim, ClaimPiece } from './claims.js';
export type { Condition, ConditionStatus } from './conditions.js';
export type { Crossing, CrossingStatus } from './crossings.js';
export type { Detention, DetentionPiece } from './detentions.js';
export type { Estimate, EstimatePiece } from './estimates.js';
export type { Release, ReleasePiece } from './releases.js';
export type { Measure, MeasureStatus } from './sanctions.js';
export type { Topic, TopicPiece } from './statements.js';
export type { Status } from './status.js';
export type { Talks, TalksPiece } from './talks.js';
export type { TransitPiece, TransitRoute } from './transit.js';
export type { Warning, WarningStatus } from './warnings.js';
export { STATED_ASPECTS } from './view.js';
export type { Item, Piece, StatedValue, TimelinePiece, View, ViewName, WholeNumber } from './view.js';
export { projectionSink } from './projection-sink.js';
export { ViewsError } from './views-error.js';
export {
  ProjectionStore,
  type ProjectedLog,
  type ProjectionStatus,
  type StoreOptions,
} from './projection-store.js';
export { placeOf, upcoming, type Upcoming, type UpcomingAsked, type UpcomingPlace } from './upcoming.js';
export { resultOf, SubjectTasks, type SentTask } from './subject-tasks.js';
export type { Elsewhere } from './subject-work.js';
export { Explanations } from './explanations.js';
export { Views, type ViewsOptions, type Writers, type ThreadedWriterOptions } from './views.js';
export {
  writeSearch,
  writeViews,
  type LocalViewsWriter,
  type Previewed,
  type ProjectionWriter,
  type ViewsWriter,
} from './writers.js';
export type { ParkedEvent } from './sqlite/projection-file.js';
export type { RecordedBeginning, SecondLookReader } from './sqlite/second-look-reader.js';
export { SearchDatabase } from './sqlite/search-database.js';
export { ViewsDatabase } from './sqlite/views-database.js';
export { isUnder, type Found } from './answers.js';
