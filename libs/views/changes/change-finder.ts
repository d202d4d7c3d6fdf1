import type { Interruptible } from '#runtime';
import { formatInstant, LATEST, parseInstant, type Instant, type InstantText } from '#time';
import { diff, type EventId, type Stated } from '#timeline';
import type { Cell } from '../sqlite/cell.js';
import type { TouchedSubject } from '../sqlite/due-table.js';
import type { ViewsReader } from '../sqlite/views-database.js';
import type { Question } from '../question.js';
import { VIEWS, type StateChange } from '../state.js';
import { SubjectWork, type Elsewhere } from '../subject-work.js';
import { SubjectReader } from '../subject.js';
import type { Item, StatedValue, View, ViewName } from '../view.js';
import type { Comparison } from './staircase.js';

/** An interval [from, to) of valid time. */
export interface Rewritten {
  readonly from: InstantText;
  readonly to: InstantText;
}

/** A change of a value, with its time and its cause. */
export interface FoundChange extends StateChange {
  /** The instant of the change in the order of all changes. It never decreases. */
  readonly at: InstantText;
  /** When `after` began in the world; where that is vague, the latest instant. Of a status: when the status began. */
  readonly since?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly sinceEarliest?: InstantText;
  /** When the report of `after` was public. */
  readonly knownSince?: InstantText;
  /** What caused it: a recorded event, or the clock. */
  readonly cause: 'event' | 'clock';
  /** The id of the recorded event. Only this member names a retraction; `because` does not. */
  readonly by?: EventId;
  /** The interval of the past in which the event changes the state. `before` may be equal to `after`. */
  readonly rewrites?: Rewritten;
}

/** The end of a part of a step. */
export interface PartEnd {
  readonly view: ViewName;
  readonly subject: string;
}

/** The changes of some subjects of a step. */
export interface FoundPart {
  readonly found: readonly FoundChange[];
  /** The end of the part; absent where the step has no more subjects. */
  readonly end?: PartEnd;
}

/** The subjects of a category that may change, in order: the first `most` after a subject. */
export type SubjectsOfStep = (
  category: string,
  after: string,
  most: number,
) => readonly (Pick<TouchedSubject, 'subject'> & Partial<TouchedSubject>)[];

/** The greatest number of subjects of a part. */
const AT_A_TIME = 64;
const VIEWS_BY_NAME = [...VIEWS].sort((a, b) => (a.name < b.name ? -1 : 1));
/** Longer than any day. A start in a day after the end of an effect may depend on that end (meeting.ts). */
const LONGEST_DAY = 25 * 3_600_000;

/**
 * Finds the changes between two states, in the order of view, subject, aspect. Only the subjects of the step are read. `reader` gives the views for
 * the present turn of the thread.
 */
export class ChangeFinder {
  private readonly work: SubjectWork;

  constructor(
    private readonly reader: () => Pick<ViewsReader, 'cells'>,
    elsewhere?: Elsewhere,
  ) {
    this.work = new SubjectWork(() => reader().cells, elsewhere);
  }

  /** The changes of the next subjects after `end`. Yields after each subject. */
  *part(
    compared: Comparison,
    subjectsOf: SubjectsOfStep,
    end: PartEnd = { view: VIEWS_BY_NAME[0]!.name, subject: '' },
  ): Interruptible<FoundPart> {
    const found: FoundChange[] = [];
    let left = AT_A_TIME;
    for (const view of VIEWS_BY_NAME) {
      if (view.name < end.view) continue;
      const subjects = subjectsOf(view.category, view.name === end.view ? end.subject : '', left);
      for (const subject of subjects) {
        yield;
        found.push(...(yield* this.ofSubject(view, compared, subject)));
      }
      const last = subjects.at(-1);
      left -= subjects.length;
      if (left === 0 && last) return { found, end: { view: view.name, subject: last.subject } };
    }
    return { found };
  }

  /** The changes of one subject. */
  ofSubject(
    view: View,
    compared: Comparison,
    touched: ReturnType<SubjectsOfStep>[number],
  ): Interruptible<FoundChange[]> {
    const task = { what: 'changes', compared, touched } as const;
    return this.work.inTurns({ view, id: touched.subject, asked: compared.after, task }, () =>
      this.find(view, compared, touched),
    );
  }

  private *find(
    view: View,
    compared: Comparison,
    { subject, ...touched }: ReturnType<SubjectsOfStep>[number],
  ): Interruptible<FoundChange[]> {
    const cells = this.cellsOf(view, subject, compared.after);
    const now = new SubjectReader(subject, cells);
    // In a step of the clock the cells are the same before and after.
    const then =
      compared.cause === 'clock'
        ? now
        : new SubjectReader(subject, this.cellsOf(view, subject, compared.before));
    const was = view.item(then, compared.before.asOf);
    const is = view.item(now, compared.after.asOf);
    const earlier = was ? view.stated(was) : [];
    const later = is ? view.stated(is) : [];
    const rewritten =
      compared.cause === 'event'
        ? yield* this.rewritten(view, subject, compared, touched)
        : NOTHING_REWRITTEN;
    const named = (value: StatedValue): Stated<ViewName> => ({ view: view.name, subject, ...value });
    const changes = new Map(
      diff(earlier.map(named), later.map(named)).map((change) => [change.aspect, change]),
    );
    for (const aspect of rewritten.keys()) {
      if (changes.has(aspect)) continue;
      const same = later.find((value) => value.aspect === aspect);
      const because = same?.because ?? (compared.by === undefined ? [] : [compared.by]);
      const value = same && { before: same.value, after: same.value };
      changes.set(aspect, { view: view.name, subject, aspect, ...value, because });
    }
    return [...changes.values()]
      .sort((a, b) => (a.aspect < b.aspect ? -1 : 1))
      .map((change) => this.foundChange(change, compared, later, cells, rewritten.get(change.aspect)));
  }

  private foundChange(
    { because, ...change }: StateChange,
    { at, cause, by, reported, after }: Comparison,
    later: readonly StatedValue[],
    cells: readonly Cell[],
    rewrites: Rewritten | undefined,
  ): FoundChange {
    const { since, sinceEarliest } =
      later.find(({ aspect }) => aspect === change.aspect) ?? ({} as Partial<StatedValue>);
    const known = cause === 'event' ? reported : reportOf({ because, ...change }, cells, after.asOf);
    return {
      ...change,
      at: formatInstant(at),
      ...(since !== undefined && { since }),
      ...(sinceEarliest !== undefined && { sinceEarliest }),
      ...(known !== undefined && { knownSince: formatInstant(known) }),
      cause,
      ...(by !== undefined && { by }),
      because,
      ...(rewrites && { rewrites }),
    };
  }

  /**
   * By aspect, the smallest interval with all past instants at which the states before and after an event differ. The aspects of the next change are
   * left out: they are only about the future.
   */
  private *rewritten(
    view: View,
    subject: string,
    compared: Comparison,
    { earliest = LATEST, latest = LATEST }: Partial<TouchedSubject>,
  ): Interruptible<ReadonlyMap<string, Rewritten>> {
    const { at } = compared;
    const end = Math.min(latest + LONGEST_DAY, at);
    if (earliest >= end) return NOTHING_REWRITTEN;
    const before = this.cellsOf(view, subject, compared.before);
    const after = this.cellsOf(view, subject, compared.after);
    const [earlier, later] = [new SubjectReader(subject, before), new SubjectReader(subject, after)];
    const hulls = new Map<string, { from: Instant; to: Instant }>();
    for (let v = earliest; v < end;) {
      const next = Math.min(at, ...[...before, ...after].map((cell) => cell.next(v) ?? LATEST));
      for (const aspect of differing(view.item(earlier, v), view.item(later, v), view)) {
        hulls.set(aspect, { from: hulls.get(aspect)?.from ?? v, to: next });
      }
      v = next;
      yield;
    }
    return new Map(
      [...hulls].map(([aspect, { from, to }]) => [
        aspect,
        { from: formatInstant(from), to: formatInstant(to) },
      ]),
    );
  }

  private cellsOf(view: View, subject: string, { asOf: _, ...filter }: Question): Cell[] {
    return this.reader().cells.cellsOf(view.category, subject, filter);
  }
}

const NOTHING_REWRITTEN: ReadonlyMap<string, Rewritten> = new Map();

/** The aspects in which the two items differ, without the aspects about the future. */
function differing(before: Item | undefined, after: Item | undefined, view: View): string[] {
  const named = (value: StatedValue): Stated => ({ view: view.name, subject: '', ...value });
  const stated = (item: Item | undefined): Stated[] => (item ? view.stated(item).map(named) : []);
  return diff(stated(before), stated(after))
    .map(({ aspect }) => aspect)
    .filter((aspect) => !isAboutNext(aspect));
}

/** Whether an aspect is the next change of the subject, or of a part of the subject. */
export const isAboutNext = (aspect: string): boolean => aspect === 'next' || aspect.startsWith('next/');

function nextAt(value: unknown): Instant[] {
  const { at } = (value ?? {}) as { readonly at?: unknown };
  return typeof at === 'string' ? [parseInstant(at)] : [];
}

/** The instant of the latest report of a value that the clock changed. */
function reportOf(
  { because, after, before }: StateChange,
  cells: readonly Cell[],
  asOf: Instant,
): Instant | undefined {
  const instants = [asOf, asOf - 1, ...[after, before].flatMap(nextAt)];
  const reports = instants.flatMap((at) =>
    cells.flatMap((cell) =>
      cell
        .at(at)
        .candidates.filter(({ effect }) => effect.because.every((id) => because.includes(id)))
        .map(({ effect }) => effect.reported.from),
    ),
  );
  return reports.length === 0 ? undefined : reports.reduce((a, b) => Math.max(a, b));
}
