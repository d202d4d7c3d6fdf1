import type { Interruptible } from '#runtime';
import type { CellReader } from './sqlite/cell-reader.js';
import type { View } from './view.js';

/**
 * The greatest number of subjects of several marks that are sorted. Where more subjects may pass a filter, all subjects are tried in their order: a
 * page is soon full.
 */
const MOST_SORTED = 20_000;
/** The number of subjects whose marks are read in one piece of work. */
const AT_A_TIME = 200;
/** The greatest number of sorted lists that are remembered. */
const MOST_ORDERS = 100;

/** The subjects of one view by their marks. A subject keeps every mark that it ever had: so the marks are right for any cut. */
class ViewMarks {
  readonly byMark = new Map<string, Set<string>>();
  readonly orders = new Map<string, readonly string[]>();
  seen = 0;

  add(subject: string, marks: readonly string[]): void {
    for (const mark of marks) {
      const subjects = this.byMark.get(mark) ?? new Set();
      if (subjects.has(subject)) continue;
      subjects.add(subject);
      this.byMark.set(mark, subjects);
      this.orders.clear();
    }
  }
}

/**
 * Finds the subjects that may pass a filter by their *marks*, which do not depend on the cut: every border, mode and place that the registrations of
 * a crossing ever gave. The marks are in memory. They are read when a filter first needs them.
 */
export class MarkedSubjects {
  private readonly views = new Map<View, ViewMarks>();

  constructor(private readonly cells: CellReader) {}

  /** All subjects whose items may pass the filters, in order; possibly also other subjects. */
  *among(view: View, filters: Readonly<Record<string, string>>): Interruptible<readonly string[]> {
    this.cells.refresh();
    return (yield* this.narrowed(view, filters)) ?? this.cells.subjectsOf(view.category);
  }

  /** The subjects that may pass the filters, by their marks; undefined where every subject may pass. */
  private *narrowed(
    view: View,
    filters: Readonly<Record<string, string>>,
  ): Interruptible<readonly string[] | undefined> {
    const wanted = Object.entries(filters).flatMap(([name, value]) => {
      const marks = view.filters[name]?.marks?.(value);
      return marks === undefined ? [] : [{ key: `${name}=${value}`, marks }];
    });
    if (wanted.length === 0 || !this.cells.isSteady) return undefined;
    const known = yield* this.upToDate(view);
    const counted = wanted.map(({ key, marks }) => ({
      key,
      marks,
      count: marks.reduce((sum, mark) => sum + (known.byMark.get(mark)?.size ?? 0), 0),
    }));
    const { key, marks, count } = counted.reduce((a, b) => (b.count < a.count ? b : a));
    if (marks.length > 1 && count > MOST_SORTED) return undefined;
    return inOrder(known, key, marks);
  }

  private *upToDate(view: View): Interruptible<ViewMarks> {
    const known = this.views.get(view);
    const marks = known ?? new ViewMarks();
    const last = this.cells.lastTouched();
    const { category } = view;
    const subjects =
      known === undefined
        ? this.cells.subjectsOf(category)
        : last === known.seen
          ? []
          : this.cells.touchedSince(category, known.seen);
    for (let n = 0; n < subjects.length; n += AT_A_TIME) {
      if (known === undefined) yield;
      const traits = this.cells.traitsOf(category, subjects.slice(n, n + AT_A_TIME));
      for (const [subject, those] of traits) marks.add(subject, view.marks?.(those) ?? []);
    }
    marks.seen = Math.max(marks.seen, last);
    this.views.set(view, marks);
    return marks;
  }
}

function inOrder(known: ViewMarks, key: string, marks: readonly string[]): readonly string[] {
  const ordered = known.orders.get(key);
  if (ordered !== undefined) return ordered;
  const all = new Set(marks.flatMap((mark) => [...(known.byMark.get(mark) ?? [])]));
  const order = [...all].sort();
  if (known.orders.size >= MOST_ORDERS) known.orders.clear();
  known.orders.set(key, order);
  return order;
}
