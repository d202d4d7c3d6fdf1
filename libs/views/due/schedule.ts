import type { Interruptible } from '#runtime';
import { LATEST, type Instant } from '#time';
import type { DueReader, DueSubject } from '../sqlite/due-table.js';
import { VIEWS, type State } from '../state.js';
import type { ViewName } from '../view.js';
import { SubjectSchedule, type ScheduledChange } from './subject-schedule.js';

/** A question about the items that are due. */
export interface ScheduleAsked {
  /** Only items that are due from this instant on. */
  readonly since: Instant;
  /** Items that are due from now on come first. Items that were due between `since` and now come after them. */
  readonly now: Instant;
  /** The sequence up to which events count; the views have this sequence. */
  readonly upTo: number;
  readonly concerns: (view: ViewName, subject: string) => boolean;
  /** The approximate greatest number of items. The items that are due first are found. */
  readonly most: number;
}

/** The number of subjects that are looked up at a time. */
const AT_A_TIME = 256;
const VIEW_OF = new Map(VIEWS.map((view) => [view.category, view]));

/** Finds the items that are due, subject by subject: the table `due` names the subjects, `SubjectSchedule` finds the items of each. */
export class Schedule {
  constructor(
    private readonly state: State,
    private readonly due: DueReader,
  ) {}

  /** The items, in no order; `isWhole` is false where there may be more items. Yields after each step. */
  *find(
    asked: ScheduleAsked,
  ): Interruptible<{ readonly found: ScheduledChange[]; readonly isWhole: boolean }> {
    const found: ScheduledChange[] = [];
    const seen = new Set<string>();
    const stretches: readonly (readonly [Instant, Instant])[] = [
      [asked.now, LATEST],
      [asked.since, asked.now],
    ];
    for (const [from, before] of stretches) {
      for (let last: DueSubject = { at: from, category: '', subject: '' }; ;) {
        const due = this.due.behind(last, before - 1, AT_A_TIME);
        yield;
        for (const one of due) {
          const { category, subject } = one;
          last = one;
          const view = VIEW_OF.get(category);
          const key = `${category} ${subject}`;
          if (view === undefined || seen.has(key) || !asked.concerns(view.name, subject)) continue;
          seen.add(key);
          found.push(
            ...(yield* this.state.scheduleOf(view, subject, asked, () =>
              new SubjectSchedule(this.state, this.due.bounds, view, subject, asked).find(),
            )),
          );
          if (found.length >= asked.most) return { found, isWhole: false };
        }
        if (due.length < AT_A_TIME) break;
      }
    }
    return { found, isWhole: true };
  }
}
