import type { CrossingState } from './api.js';

/** The facts that a mark shows. */
export interface Marked {
  readonly status: CrossingState;
  readonly certain: boolean;
  readonly possible?: readonly CrossingState[];
  readonly claimed?: true;
}
