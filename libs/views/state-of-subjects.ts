import type { Interruptible } from '#runtime';
import { LATEST, type Instant } from '#time';
import { planeOf, type Rectangle } from './planes.js';
import {
  RememberedItems,
  type RememberedItem,
  type RememberedResult,
  type Wanted,
} from './remembered-items.js';
import type { CellReader } from './sqlite/cell-reader.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import { SubjectWork, type Elsewhere } from './subject-work.js';
import type { Question } from './question.js';
import { SubjectReader, type Registration } from './subject.js';
import { timelineOf, type Interval } from './timeline-of.js';
import {
  saysTheSame,
  type Item,
  type Piece,
  type StatedValue,
  type TimelinePiece,
  type View,
} from './view.js';

/** Values of filters, by name. */
export type FilterValues = Readonly<Record<string, string>>;

/** A change of a timeline at an instant: the value before the instant, and the value from the instant on. */
export interface NextChange {
  readonly at: Instant;
  readonly before: Piece;
  readonly after: Piece;
}

/** The part of `State` that answers questions about single subjects. Work that would be too long here is done elsewhere. */
export class StateOfSubjects {
  protected readonly work: SubjectWork;
  protected readonly remembered: RememberedItems;

  constructor(
    protected readonly cells: CellReader,
    elsewhere?: Elsewhere,
  ) {
    this.work = new SubjectWork(() => cells, elsewhere);
    this.remembered = new RememberedItems(cells, this.work);
  }

  /** The item of a subject; undefined where no item is known at the cut and the instant. */
  item(view: View, id: string, question: Question): Item | undefined {
    return view.item(this.subject(view, id, question), question.asOf);
  }

  /** The item of a subject, as a list has it. */
  *itemOf(view: View, id: string, question: Question): Interruptible<RememberedItem | undefined> {
    return (yield* this.resultOf(view, id, question, undefined)).item;
  }

  private *resultOf(
    view: View,
    id: string,
    question: Question,
    wanted: Wanted | undefined,
  ): Interruptible<RememberedResult> {
    this.cells.refresh();
    const ofView = this.remembered.of(view, question);
    return ofView.find(id, question, wanted) ?? (yield* ofView.read(id, question, wanted));
  }

  /** Whether the cut has any event about the subject, for any instant. */
  isKnown(view: View, id: string, filter: EffectFilter): Interruptible<boolean> {
    return this.work.inTurns({ view, id, asked: filter, task: { what: 'known' } }, () =>
      this.findKnown(view, id, filter),
    );
  }

  private *findKnown(view: View, id: string, filter: EffectFilter): Interruptible<boolean> {
    for (const cell of this.cells.cellsOf(view.category, id, filter)) {
      if (cell.previous(LATEST) !== undefined || cell.at(LATEST).candidates.length > 0) return true;
      yield;
    }
    return false;
  }

  /** The registration of a subject: one state of one cell, however large the subject is. Undefined where it is not known at the instant. */
  registration(view: View, id: string, question: Question): Registration | undefined {
    return this.subject(view, id, question).registration(question.asOf)?.value;
  }

  /** The timeline over [from, to), in order; unbroken runs of one value, with all their events. */
  timeline(
    view: View,
    id: string,
    filter: EffectFilter,
    interval: Interval = {},
  ): Interruptible<TimelinePiece[]> {
    const task = { what: 'timeline', interval } as const;
    return this.work.inTurns({ view, id, asked: filter, task }, () =>
      timelineOf(view, this.subject(view, id, filter), interval),
    );
  }

  /** The first instant after `asOf`, and not after `to`, at which the timeline of a subject has another value. */
  nextChange(view: View, id: string, question: Question, to: Instant): Interruptible<NextChange | undefined> {
    const task = { what: 'nextChange', to } as const;
    return this.work.inTurns({ view, id, asked: question, task }, () =>
      this.findNextChange(view, id, question, to),
    );
  }

  private *findNextChange(
    view: View,
    id: string,
    { asOf, ...filter }: Question,
    to: Instant,
  ): Interruptible<NextChange | undefined> {
    const subject = this.subject(view, id, filter);
    const steps = subject.grounded(view.timeline(subject));
    const before = steps.at(asOf);
    for (let at = steps.next(asOf); at !== undefined && at <= to; at = steps.next(at)) {
      yield;
      const after = steps.at(at);
      if (!saysTheSame(before, after)) return { at, before, after };
    }
    return undefined;
  }

  /** Whether the subject has an item that passes the filters. Without filters every subject passes, also one without an item. */
  *passes(view: View, id: string, question: Question, filters: FilterValues): Interruptible<boolean> {
    const wanted = wantedWith(view, filters);
    return wanted === undefined || (yield* this.resultOf(view, id, question, wanted)).item !== undefined;
  }

  /** The scheduled changes of one subject. `find` computes them. */
  scheduleOf<T>(
    view: View,
    id: string,
    { since, upTo }: { readonly since: Instant; readonly upTo: number },
    find: () => Interruptible<T>,
  ): Interruptible<T> {
    const task = { what: 'schedule', since, upTo } as const;
    return this.work.inTurns({ view, id, asked: { recordedAt: upTo }, task }, find);
  }

  /** The values of one subject that a diff compares. */
  statedOf(view: View, id: string, question: Question): Interruptible<readonly StatedValue[]> {
    return this.work.inOnePiece({ view, id, asked: question, task: { what: 'stated' } }, () => {
      const item = view.item(
        new SubjectReader(id, this.cells.opened(view.category, id, question)),
        question.asOf,
      );
      return item === undefined ? [] : view.stated(item);
    });
  }

  /** The result for one subject, without filters. It is not remembered. */
  result(view: View, id: string, question: Question): RememberedResult {
    this.cells.refresh();
    return this.remembered.of(view, question).computed(id, question);
  }

  /** The plane of a subject: its answers at every valid and every known time. `interval` is of valid time. */
  plane(
    view: View,
    id: string,
    filter: Omit<EffectFilter, 'knownAt'>,
    interval: Interval = {},
  ): Interruptible<Rectangle[]> {
    this.cells.refresh();
    return this.work.inTurns({ view, id, asked: filter, task: { what: 'plane', interval } }, () =>
      planeOf(
        this.cells.seams(view.category, id, filter),
        (knownAt, stretch) => {
          const cells = this.cells.opened(view.category, id, { ...filter, knownAt });
          return timelineOf(view, new SubjectReader(id, cells), stretch);
        },
        interval,
      ),
    );
  }

  private subject(view: View, id: string, filter: EffectFilter): SubjectReader {
    return new SubjectReader(id, this.cells.cellsOf(view.category, id, filter));
  }
}

/** The items that pass the filters; undefined where there are no filters. */
export function wantedWith(view: View, filters: FilterValues): Wanted | undefined {
  const wanted = Object.entries(filters);
  if (wanted.length === 0) return undefined;
  return {
    status: wanted.find(([name]) => view.filters[name]?.isOfStatus)?.[1],
    passes: (item) => wanted.every(([name, value]) => view.filters[name]?.passes(item, value) === true),
  };
}
