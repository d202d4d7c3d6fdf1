import { EARLIEST, LATEST, type Instant } from '#time';
import type { AspectRule, CellState, KnownEffect, Steps } from '#timeline';
import type { Reach } from './cell-stretches.js';
import { NEVER } from './loaded-cell.js';
import { effectFilterOf, type EffectFilter } from './effect-filter.js';
import type { CellName, CellRow } from './table-columns.js';
import type { ReadingWork } from './reading-work.js';

/** The states of a cell at a cut. */
export interface CellSteps extends Steps<CellState> {
  /** Whether the cut sees no effect of the cell, for any instant. */
  readonly isEmpty?: boolean | undefined;
  /** The number of effects, with the effects that the cut does not see; `Infinity` where they are too many to be in memory. Absent: it is a ledger. */
  readonly size?: number | undefined;
  /** Units of work (`ReadingWork`) of a step, besides its candidates. Absent: as few as in a small cell. */
  readonly stepWork?: number | undefined;
  /** Every effect that the cut sees; those that meet the end of a term are marked. Absent, or undefined: it is a ledger. */
  effects?(): readonly KnownEffect[] | undefined;
}

/** One cell at a cut. It has an answer for any instant. */
export interface Cell extends CellName, CellSteps {
  readonly rule: AspectRule;
}

/** It tries the earliest bound first: in a large cell, most cuts see the earliest effects, and a cut long ago sees only these. */
const isEmpty = (steps: Steps<CellState>): boolean =>
  steps.next(EARLIEST) === undefined && steps.at(LATEST).candidates.length === 0;

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
    effects: () => steps.effects?.(),
    get stepWork() {
      return steps.stepWork;
    },
    get size() {
      return steps.size;
    },
    get isEmpty() {
      return steps.isEmpty;
    },
  };
}

/** A cell that is read at the first question about it. It notes which instants the answers rest on. */
export class OpenedCell implements Cell {
  readonly category: string;
  readonly subject: string;
  readonly aspect: string;
  readonly key: CellName['key'];
  readonly rule: AspectRule;
  readonly filter: EffectFilter;
  private opened: CellSteps | undefined;
  private empty: boolean | undefined;
  private earliest = NEVER;
  private latest = -NEVER;
  private ofStep = OF_STEP;

  constructor(
    private readonly open: (asked: EffectFilter) => CellSteps,
    readonly row: CellRow,
    asked: EffectFilter,
    private readonly work: ReadingWork,
  ) {
    this.category = row.category;
    this.subject = row.subject;
    this.aspect = row.aspect;
    this.key = row.key;
    this.rule = row.rule;
    this.filter = effectFilterOf(row, asked);
  }

  at(v: Instant): CellState {
    this.note(v);
    const { steps } = this;
    this.work.spend(this.ofStep);
    const state = steps.at(v);
    this.work.spend(OF_CANDIDATE * state.candidates.length);
    return state;
  }

  get isEmpty(): boolean {
    return (this.empty ??= this.steps.isEmpty ?? isEmpty(this.steps));
  }

  next(v: Instant): Instant | undefined {
    const { steps } = this;
    this.work.spend(this.ofStep);
    const next = steps.next(v);
    this.note(v);
    this.note(next ?? NEVER);
    return next;
  }

  previous(v: Instant): Instant | undefined {
    const { steps } = this;
    this.work.spend(this.ofStep);
    const previous = steps.previous(v);
    this.note(v);
    this.note(previous ?? -NEVER);
    return previous;
  }

  sameSince(v: Instant): Instant | undefined {
    const { steps } = this;
    this.work.spend(this.ofStep);
    const since = steps.sameSince?.(v);
    this.note(v);
    if (since !== undefined) this.note(since);
    return since;
  }

  /** From the earliest to the latest instant that the answers so far rest on. `isEmpty` does not count: see `narrow`. */
  get reach(): Reach {
    const { earliest, latest } = this;
    return { earliest, latest };
  }

  private note(v: Instant): void {
    if (v < this.earliest) this.earliest = v;
    if (v > this.latest) this.latest = v;
  }

  effects(): readonly KnownEffect[] | undefined {
    this.note(-NEVER);
    this.note(NEVER);
    const { steps } = this;
    this.work.spend(OF_EFFECT * (steps.size ?? 0));
    return steps.effects?.();
  }

  get size(): number | undefined {
    return this.steps.size;
  }

  private get steps(): CellSteps {
    if (this.opened === undefined) {
      this.opened = this.open(this.filter);
      this.ofStep = this.opened.stepWork ?? OF_STEP;
    }
    return this.opened;
  }
}

/** Units of work: of a step, besides its candidates; of a candidate, with the value that a view makes of it; of an effect in an outline. */
const OF_STEP = 5;
const OF_CANDIDATE = 4;
const OF_EFFECT = 3;
