export {
  explain,
  MOST_WEIGHED,
  VERDICTS,
  weighable,
  type Explained,
  type ExplainedEffect,
  type Explanation,
} from './explain.js';
export { fingerprintNow } from './fingerprint.js';
export { Follower, type FollowerOptions } from './follower.js';
export { historyOf, type AnswerHistory, type HistoryAsked, type KnowledgeAxis } from './history.js';
export { State, viewNamed, VIEWS, type Question, type TimelinePiece } from './state.js';
export type { EventQuery } from './sqlite/event-index.js';
export type { Scope } from './sqlite/walk.js';
export type { Item, Piece, StatedValue, View } from './view.js';
export { Views, type ViewsOptions } from './views.js';
export { ViewsDatabase, type SetAside } from './sqlite/views-database.js';
export type { Found } from './answers.js';
