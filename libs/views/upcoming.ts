import type { Interruptible } from '#runtime';
import type { Instant } from '#time';
import { union } from './finding.js';
import type { DueReader } from './sqlite/due-table.js';
import type { NextChange } from './state-of-subjects.js';
import type { Question } from './question.js';
import type { State } from './state.js';
import type { View } from './view.js';

/** The next change of a subject, known at the cut. */
export interface Upcoming extends NextChange {
  readonly view: View;
  readonly subject: string;
  /** The events behind the value that ends, and behind the value that follows. */
  readonly because: readonly string[];
}

/** A place in the order of next changes: by instant, then by category, then by subject. */
export interface UpcomingPlace {
  readonly at: Instant;
  readonly category: string;
  readonly subject: string;
}

export interface UpcomingAsked {
  readonly views: readonly View[];
  /** Values of the filters, where only one view is asked for: only subjects whose item passes the filters at the instant of the question. */
  readonly filters: Readonly<Record<string, string>>;
  /** Only these subjects. */
  readonly subjects?: readonly string[] | undefined;
  /** Only changes up to this instant, which is included. */
  readonly to: Instant;
  /** Only changes after this place. */
  readonly after?: UpcomingPlace | undefined;
  /** The greatest number of changes. */
  readonly limit: number;
}

/** A page of next changes, in their order. */
interface UpcomingPage {
  readonly items: readonly Upcoming[];
  readonly more: boolean;
}

/** The number of rows of the index that are read at a time. */
const AT_A_TIME = 500;

/**
 * The next change of each subject: the first instant after the instant of the question at which the timeline of the subject has another value. `due`
 * names the subjects to read; it must have every later bound of all effects that count. Without `due`, every subject is read.
 */
export function* upcoming(
  state: State,
  due: DueReader | undefined,
  question: Question,
  asked: UpcomingAsked,
): Interruptible<UpcomingPage> {
  const found =
    due === undefined || asked.subjects
      ? yield* amongAll(state, question, asked)
      : yield* amongDue(state, due, question, asked);
  return { items: found.slice(0, asked.limit), more: found.length > asked.limit };
}

/** Reads only the subjects that are due, until it has found one change more than the limit. */
function* amongDue(
  state: State,
  due: DueReader,
  question: Question,
  asked: UpcomingAsked,
): Interruptible<Upcoming[]> {
  const byCategory = new Map(asked.views.map((view) => [view.category, view]));
  const known = new Map<string, Upcoming | undefined>();
  const found: Upcoming[] = [];
  let place = asked.after ?? { at: question.asOf + 1, category: '', subject: '' };
  for (;;) {
    const rows = due.behind(place, asked.to, AT_A_TIME);
    for (const row of rows) {
      yield;
      const view = byCategory.get(row.category);
      if (view === undefined) continue;
      const key = `${row.category}-${row.subject}`;
      if (!known.has(key)) known.set(key, yield* nextOf(state, view, row.subject, question, asked));
      const change = known.get(key);
      if (change?.at === row.at) found.push(change);
      if (found.length > asked.limit) return found;
    }
    if (rows.length < AT_A_TIME) return found;
    place = rows.at(-1)!;
  }
}

function* amongAll(state: State, question: Question, asked: UpcomingAsked): Interruptible<Upcoming[]> {
  const { views, subjects, after } = asked;
  const found: Upcoming[] = [];
  for (const view of views) {
    for (const id of new Set(subjects ?? state.subjectsAfter(view, '', Number.MAX_SAFE_INTEGER))) {
      yield;
      const change = yield* nextOf(state, view, id, question, asked);
      if (change && (after === undefined || compare(placeOf(change), after) > 0)) found.push(change);
    }
  }
  return found.sort((a, b) => compare(placeOf(a), placeOf(b)));
}

function* nextOf(
  state: State,
  view: View,
  subject: string,
  question: Question,
  { filters, to }: Pick<UpcomingAsked, 'filters' | 'to'>,
): Interruptible<Upcoming | undefined> {
  if (!(yield* state.passes(view, subject, question, filters))) return undefined;
  const change = yield* state.nextChange(view, subject, question, to);
  return change && { view, subject, ...change, because: union(change.before.because, change.after.because) };
}

/** The place of a change in the order. */
export const placeOf = ({ at, view, subject }: Upcoming): UpcomingPlace => ({
  at,
  category: view.category,
  subject,
});

/** Texts compare as UTF-8, as in SQLite. */
function compare(a: UpcomingPlace, b: UpcomingPlace): number {
  return a.at - b.at || compareText(a.category, b.category) || compareText(a.subject, b.subject);
}

const compareText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
