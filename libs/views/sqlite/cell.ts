import { LATEST, type Instant } from '#time';
import type { AspectRule, CellState, Steps } from '#timeline';
import { effectFilterOf, type EffectFilter } from './effect-filter.js';
import type { CellName } from './effects-table.js';
import type { CellRow } from './walk.js';

/** The states of a cell at a cut. */
export interface CellSteps extends Steps<CellState> {
  /** Whether the cut sees no effect of the cell, for any instant. */
  readonly isEmpty?: boolean | undefined;
}

/** One cell at a cut. It has an answer for any instant. */
export interface Cell extends CellName, CellSteps {
  readonly rule: AspectRule;
}

const isEmpty = (steps: Steps<CellState>): boolean =>
  steps.previous(LATEST) === undefined && steps.at(LATEST).candidates.length === 0;

/** The same states. `check` is called before each answer, and may throw. */
export function checkedSteps(steps: CellSteps, check: () => void): CellSteps {
  return {
    at(v) {
      check();
      return steps.at(v);
    },
    next: (v) => steps.next(v),
    previous: (v) => steps.previous(v),
    sameSince: (v) => steps.sameSince?.(v),
    get isEmpty() {
      return steps.isEmpty;
    },
  };
}

/** A cell that is read at the first question about it. */
export class OpenedCell implements Cell {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellName['key'];
  readonly rule: AspectRule;
  private opened: CellSteps | undefined;

  constructor(
    private readonly open: (asked: EffectFilter) => CellSteps,
    private readonly row: CellRow,
    private readonly asked: EffectFilter,
  ) {
    this.category = row.category;
    this.subject = row.subject;
    this.aspect = row.aspect;
    this.key = row.key;
    this.rule = row.rule;
  }

  at(v: Instant): CellState {
    return this.steps.at(v);
  }

  get isEmpty(): boolean {
    return this.steps.isEmpty ?? isEmpty(this.steps);
  }

  next(v: Instant): Instant | undefined {
    return this.steps.next(v);
  }

  previous(v: Instant): Instant | undefined {
    return this.steps.previous(v);
  }

  sameSince(v: Instant): Instant | undefined {
    return this.steps.sameSince?.(v);
  }

  private get steps(): CellSteps {
    return (this.opened ??= this.open(effectFilterOf(this.row, this.asked)));
  }
}
