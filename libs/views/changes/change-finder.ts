import type { Pieces } from '#runtime';
import { formatInstant, LATEST, parseInstant, type Instant, type InstantText } from '#time';
import { diff, type EventId, type Stated } from '#timeline';
import type { Cell } from '../sqlite/cell-reader.js';
import type { TouchedSubject } from '../sqlite/due-table.js';
import type { ViewsReader } from '../sqlite/views-database.js';
import { VIEWS, type Question, type StateChange } from '../state.js';
import { SubjectReader } from '../subject.js';
import type { Item, StatedValue, View, ViewName } from '../view.js';
import { statesOf, type ChangeStep } from './staircase.js';

/** An interval [from, to) of valid time. */
export interface Rewritten {
  readonly from: InstantText;
  readonly to: InstantText;
}

/** A value that became different, when, and why. */
export interface FoundChange extends StateChange {
  /** The instant of the change on the staircase: when it became so for who knows the log. Never decreases. */
  readonly at: InstantText;
  /** When `after` began in the world; the latest instant, where it is vague. Of a status, when that began. */
  readonly since?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly sinceEarliest?: InstantText;
  /** When the report that told it was public. */
  readonly knownSince?: InstantText;
  /** An event that was recorded, or the clock. */
  readonly cause: 'event' | 'clock';
  /** The id of the event that was recorded. `because` does not name a retraction. */
  readonly by?: EventId;
  /** The event says otherwise than before what was so in this interval of the past. `before` may be equal to `after`. */
  readonly rewrites?: Rewritten;
}

/** Where a part of a step ends. */
export interface PartEnd {
  readonly view: ViewName;
  readonly subject: string;
}

/** The changes of some subjects of a step. */
export interface FoundPart {
  readonly found: readonly FoundChange[];
  /** Absent: the step has no more subjects. */
  readonly end?: PartEnd;
}

/** Subjects of a category that may be different after a step, behind a subject, in order, at most so many. */
export type Candidates = (
  step: ChangeStep,
  category: string,
  after: string,
  most: number,
) => readonly (Pick<TouchedSubject, 'subject'> & Partial<TouchedSubject>)[];

/** Subjects of a part. */
const AT_ONCE = 64;
const VIEWS_BY_NAME = [...VIEWS].sort((a, b) => (a.name < b.name ? -1 : 1));
/** Longer than any day. A start in a day after the end of an effect may depend on that end (meeting.ts). */
const LONGEST_DAY = 25 * 3_600_000;

/**
 * Finds the changes of a step: in the order of view, subject, aspect. It reads the subjects that have a bound at the instant, or that the event
 * touched, and no others. `reader` gives the views for the present turn of the thread.
 */
export class ChangeFinder {
  constructor(private readonly reader: () => Pick<ViewsReader, 'cells' | 'due'>) {}

  /** The changes of the next subjects behind `end`. Yields after each subject. */
  *part(
    step: ChangeStep,
    end: PartEnd = { view: VIEWS_BY_NAME[0]!.name, subject: '' },
    candidates: Candidates = this.candidates,
  ): Pieces<FoundPart> {
    const found: FoundChange[] = [];
    let left = AT_ONCE;
    for (const view of VIEWS_BY_NAME) {
      if (view.name < end.view) continue;
      const subjects = candidates(step, view.category, view.name === end.view ? end.subject : '', left);
      for (const subject of subjects) {
        yield;
        found.push(...(yield* this.ofSubject(view, step, subject)));
      }
      const last = subjects.at(-1);
      left -= subjects.length;
      if (left === 0 && last) return { found, end: { view: view.name, subject: last.subject } };
    }
    return { found };
  }

  private readonly candidates: Candidates = (step, category, after, most) => {
    const { due } = this.reader();
    if (step.kind === 'event') return due.touched(step.sequence, category, after, most);
    return due.subjects(step.at, category, after, most).map((subject) => ({ subject }));
  };

  private *ofSubject(
    view: View,
    step: ChangeStep,
    { subject, ...touched }: ReturnType<Candidates>[number],
  ): Pieces<FoundChange[]> {
    const { before, after } = statesOf(step);
    const was = this.itemAt(view, subject, before);
    const is = this.itemAt(view, subject, after);
    const earlier = was ? view.stated(was) : [];
    const later = is ? view.stated(is) : [];
    const rewritten =
      step.kind === 'event' ? yield* this.rewritten(view, subject, step, touched) : NOTHING_REWRITTEN;
    const named = (value: StatedValue): Stated<ViewName> => ({ view: view.name, subject, ...value });
    const changes = new Map(
      diff(earlier.map(named), later.map(named)).map((change) => [change.aspect, change]),
    );
    for (const aspect of rewritten.keys()) {
      if (changes.has(aspect)) continue;
      const same = later.find((value) => value.aspect === aspect);
      const because = same?.because ?? (step.kind === 'event' ? [step.by] : []);
      const value = same && { before: same.value, after: same.value };
      changes.set(aspect, { view: view.name, subject, aspect, ...value, because });
    }
    return [...changes.values()]
      .sort((a, b) => (a.aspect < b.aspect ? -1 : 1))
      .map((change) => this.told(change, step, later, rewritten.get(change.aspect)));
  }

  private told(
    { because, ...change }: StateChange,
    step: ChangeStep,
    later: readonly StatedValue[],
    rewrites: Rewritten | undefined,
  ): FoundChange {
    const { since, sinceEarliest } =
      later.find(({ aspect }) => aspect === change.aspect) ?? ({} as Partial<StatedValue>);
    const known = step.kind === 'event' ? step.reported : this.reportOf({ because, ...change }, step);
    return {
      ...change,
      at: formatInstant(step.at),
      ...(since !== undefined && { since }),
      ...(sinceEarliest !== undefined && { sinceEarliest }),
      ...(known !== undefined && { knownSince: formatInstant(known) }),
      cause: step.kind,
      ...(step.kind === 'event' && { by: step.by }),
      because,
      ...(rewrites && { rewrites }),
    };
  }

  /** The latest report behind a value that the clock changed. */
  private reportOf(
    { view, subject, because, after, before }: StateChange,
    step: ChangeStep,
  ): Instant | undefined {
    const { category } = VIEWS.find(({ name }) => name === view)!;
    const cells = this.reader().cells.cellsOf(category, subject, { recordedAt: step.sequence });
    const instants = [step.at, step.at - 1, ...[after, before].flatMap(nextAt)];
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

  /** By aspect, the hull of the past instants at which the states before and after an event differ. `next` is about the future alone. */
  private *rewritten(
    view: View,
    subject: string,
    step: ChangeStep,
    { earliest = LATEST, latest = LATEST }: Partial<TouchedSubject>,
  ): Pieces<ReadonlyMap<string, Rewritten>> {
    const end = Math.min(latest + LONGEST_DAY, step.at);
    if (earliest >= end) return NOTHING_REWRITTEN;
    const states = statesOf(step);
    const [before, after] = [states.before, states.after].map(({ recordedAt }) =>
      this.reader().cells.cellsOf(view.category, subject, { recordedAt: recordedAt! }),
    ) as [Cell[], Cell[]];
    const [earlier, later] = [new SubjectReader(subject, before), new SubjectReader(subject, after)];
    const hulls = new Map<string, { from: Instant; to: Instant }>();
    for (let v = earliest; v < end;) {
      const next = Math.min(step.at, ...[...before, ...after].map((cell) => cell.next(v) ?? LATEST));
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

  private itemAt(view: View, subject: string, { asOf, ...scope }: Question): Item | undefined {
    return view.item(
      new SubjectReader(subject, this.reader().cells.cellsOf(view.category, subject, scope)),
      asOf,
    );
  }
}

const NOTHING_REWRITTEN: ReadonlyMap<string, Rewritten> = new Map();

/** The aspects, but those of the future, of which the two items say different things. */
function differing(before: Item | undefined, after: Item | undefined, view: View): string[] {
  const named = (value: StatedValue): Stated => ({ view: view.name, subject: '', ...value });
  const stated = (item: Item | undefined): Stated[] => (item ? view.stated(item).map(named) : []);
  return diff(stated(before), stated(after))
    .map(({ aspect }) => aspect)
    .filter((aspect) => !isAboutNext(aspect));
}

/** Whether an aspect is the next change of the subject, or of a part of it. */
export const isAboutNext = (aspect: string): boolean => aspect === 'next' || aspect.startsWith('next/');

function nextAt(value: unknown): Instant[] {
  const { at } = (value ?? {}) as { readonly at?: unknown };
  return typeof at === 'string' ? [parseInstant(at)] : [];
}
