import { waitFor, type Interruptible } from '#runtime';
import type { Instant } from '#time';
import type { Comparison } from './changes/staircase.js';
import type { RowWindow } from './explain-rows.js';
import type { HistoryAsked } from './history.js';
import type { CellReader } from './sqlite/cell-reader.js';
import type { TouchedSubject } from './sqlite/due-table.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import { TooMuchWork } from './sqlite/reading-work.js';
import type { Interval } from './timeline-of.js';
import type { View } from './view.js';

/** What is asked about the subject. */
export type TaskOfSubject =
  | { readonly what: 'result' | 'stated' | 'known' }
  | { readonly what: 'timeline' | 'plane'; readonly interval: Interval }
  | { readonly what: 'nextChange'; readonly to: Instant }
  | {
      readonly what: 'changes';
      readonly compared: Comparison;
      readonly touched: Pick<TouchedSubject, 'subject'> & Partial<TouchedSubject>;
    }
  | { readonly what: 'schedule'; readonly since: Instant; readonly upTo: number }
  | { readonly what: 'explanation'; readonly aspect: string | undefined; readonly page: RowWindow }
  | { readonly what: 'history'; readonly how: HistoryAsked };

/** Work about one subject. */
export interface SubjectTask {
  readonly view: View;
  readonly id: string;
  /** The cut. Without a `recordedAt`, all events count. */
  readonly asked: EffectFilter & { readonly asOf?: Instant };
  readonly task: TaskOfSubject;
}

/** Another place for long work, such as another thread. */
export interface Elsewhere {
  /** The units of work (`ReadingWork`) that one subject may take here without a break. */
  readonly most: number;
  /** The units of work that one answer about a subject may take here in all, with breaks. */
  readonly mostInTurns: number;
  /** Does a task there, for the events that count at this call. Rejects after an abort. */
  begin(task: SubjectTask): (signal: AbortSignal | undefined) => Promise<unknown>;
}

/**
 * Work about single subjects. Most of it is short, and is done here. Work that takes too long without a break, or too long in all, is done elsewhere, so
 * that the size of a subject does not matter to the thread. Without `elsewhere`, all of it is done here.
 */
export class SubjectWork {
  /** The subjects with long work, by the list of their cells. A write to the subject makes a new list. */
  private readonly long = new WeakSet<object>();

  constructor(
    private readonly cells: () => CellReader,
    private readonly elsewhere: Elsewhere | undefined,
  ) {}

  /** `here` does the work without a break. */
  *inOnePiece<T>(subject: SubjectTask, here: () => T): Interruptible<T> {
    const { elsewhere } = this;
    if (elsewhere === undefined) return here();
    const short = this.short(subject, elsewhere.most, here);
    return short ? short.done : ((yield* waitFor(elsewhere.begin(subject))) as T);
  }

  /** `here` does the work with breaks: the work between two of them is limited, and the whole work too. */
  *inTurns<T>(subject: SubjectTask, here: () => Interruptible<T>): Interruptible<T> {
    const { elsewhere } = this;
    if (elsewhere === undefined) return yield* here();
    const computation = here();
    for (let left = elsewhere.mostInTurns; left > 0;) {
      const { work } = this.cells();
      const before = work.spent;
      const step = this.short(subject, elsewhere.most, () => computation.next());
      if (step === undefined) break;
      if (step.done.done === true) return step.done.value;
      left -= work.spent - before;
      yield step.done.value;
    }
    return (yield* waitFor(elsewhere.begin(subject))) as T;
  }

  /** The result of work; undefined where it takes too long. */
  private short<T>({ view, id }: SubjectTask, most: number, work: () => T): { readonly done: T } | undefined {
    const cells = this.cells();
    const rows = cells.rowsOf(view.category, id);
    if (this.long.has(rows)) return undefined;
    try {
      return { done: cells.work.limited(most, work) };
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      this.long.add(rows);
      return undefined;
    }
  }
}
