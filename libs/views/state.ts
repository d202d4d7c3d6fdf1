import type { Pieces } from '#runtime';
import { EARLIEST, LATEST, type Instant } from '#time';
import { diff, segments, type Change, type Stated } from '#timeline';
import { airspace } from './airspace.js';
import { claims } from './claims.js';
import { conditions } from './conditions.js';
import { crossings } from './crossings.js';
import { detentions } from './detentions.js';
import { estimates } from './estimates.js';
import { union } from './finding.js';
import { count, type ItemCounts } from './item-counts.js';
import { KnownItems, type KnownItem } from './known-items.js';
import { behind, MarkedSubjects } from './marked-subjects.js';
import { planeOf, type Rectangle } from './planes.js';
import { releases } from './releases.js';
import { sanctions } from './sanctions.js';
import type { CellReader } from './sqlite/cell-reader.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import { statements } from './statements.js';
import { SubjectReader } from './subject.js';
import { talks } from './talks.js';
import { transit } from './transit.js';
import { saysTheSame, type Item, type Piece, type TimelinePiece, type View, type ViewName } from './view.js';
import { warnings } from './warnings.js';

/** Every view, in the order of the answer with all state. */
export const VIEWS: readonly View[] = [
  crossings,
  transit,
  sanctions,
  detentions,
  warnings,
  conditions,
  talks,
  airspace,
  claims,
  releases,
  estimates,
  statements,
];

/** Subjects that a page reads at once, at most. */
const MOST_AT_ONCE = 1000;

/** A question: its instant in the world, and the effects that count. */
export interface Question extends EffectFilter {
  readonly asOf: Instant;
}

/** Values of filters, by name. */
type Filters = Readonly<Record<string, string>>;

/** A change of a timeline: what it says before an instant, and from it on. */
export interface NextChange {
  readonly at: Instant;
  readonly before: Piece;
  readonly after: Piece;
}

/** A value that differs between two states. */
export interface StateChange extends Change<ViewName> {}

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}

/**
 * Answers questions about state. Only reads: the same cells give the same answer. Long work yields now
 * and then: `Turnstile.finish` does it in turns with other work, `finished` at once. Meanwhile no process may write to the cells, unless
 * the question has a `recordedAt` that the cells have reached.
 */
export class State {
  private readonly known: KnownItems;
  private readonly marked: MarkedSubjects;

  constructor(private readonly cells: CellReader) {
    this.known = new KnownItems(cells);
    this.marked = new MarkedSubjects(cells);
  }

  /** The items of a view, by id. `filters`: values of the view's own filters; an item must pass all of them. */
  *list(view: View, question: Question, filters: Filters = {}): Pieces<Item[]> {
    return (yield* this.steadyList(view, question, filters)).items.map((known) => known.item);
  }

  /** The list, and the interval around `asOf`, [from, to), in which it cannot change by the clock alone. */
  *steadyList(
    view: View,
    question: Question,
    filters: Filters,
  ): Pieces<{ readonly items: KnownItem[]; readonly from: Instant; readonly to: Instant }> {
    const items: KnownItem[] = [];
    let from = EARLIEST;
    let to = LATEST;
    const subjects = yield* this.marked.among(view, filters);
    for (const id of subjects ?? this.cells.subjectsOf(view.category)) {
      yield;
      const found = this.known.find(view, id, question);
      if (found.item && passes(view, found.item, filters)) items.push(found.item);
      from = Math.max(from, found.from);
      to = Math.min(to, found.to);
    }
    return { items, from, to };
  }

  /**
   * The first items of a list after the id `after`, at most `limit`, and whether there are more. It reads only subjects up to the first item of
   * the next page, and the rest of one batch.
   */
  *page(
    view: View,
    question: Question,
    filters: Filters,
    { after, limit }: { readonly after: string; readonly limit: number },
  ): Pieces<{ readonly items: KnownItem[]; readonly more: boolean }> {
    const items: KnownItem[] = [];
    const marked = yield* this.marked.among(view, filters);
    let last = after;
    for (let most = Math.min(limit + 1, MOST_AT_ONCE); ; most = Math.min(most * 2, MOST_AT_ONCE)) {
      const subjects = marked
        ? behind(marked, last, most)
        : this.cells.subjectsAfter(view.category, last, most);
      for (const id of subjects) {
        yield;
        const { item } = this.known.find(view, id, question);
        if (item && passes(view, item, filters)) items.push(item);
        if (items.length > limit) return { items: items.slice(0, limit), more: true };
      }
      if (subjects.length < most) return { items, more: false };
      last = subjects.at(-1)!;
    }
  }

  /** Undefined: at the cut and the instant, no item is known. */
  item(view: View, id: string, question: Question): Item | undefined {
    return view.item(this.subject(view, id, question), question.asOf);
  }

  /** Whether the cut has any event about it, for any instant. */
  isKnown(view: View, id: string, scope: EffectFilter): boolean {
    return this.cells
      .cellsOf(view.category, id, scope)
      .some((cell) => cell.previous(LATEST) !== undefined || cell.at(LATEST).candidates.length > 0);
  }

  /** The timeline over [from, to), in order; unbroken runs of one value, with all their events. */
  *timeline(
    view: View,
    id: string,
    scope: EffectFilter,
    interval: { readonly from?: Instant; readonly to?: Instant } = {},
  ): Pieces<TimelinePiece[]> {
    const steps = view.timeline(this.subject(view, id, scope));
    const joined: TimelinePiece[] = [];
    for (const { from, to, value } of yield* segments(steps, samePiece, interval)) {
      const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      const last = joined.at(-1);
      if (last && saysTheSame(last, value)) {
        const { to: _to, ...start } = last;
        joined[joined.length - 1] = {
          ...start,
          ...(to !== undefined && { to }),
          because: union(last.because, value.because),
        };
      } else {
        joined.push({ ...bounds, ...value });
      }
    }
    return joined;
  }

  /** The first instant after `asOf`, and not after `to`, at which the timeline of a subject says something else. */
  *nextChange(
    view: View,
    id: string,
    { asOf, ...scope }: Question,
    to: Instant,
  ): Pieces<NextChange | undefined> {
    const steps = view.timeline(this.subject(view, id, scope));
    const before = steps.at(asOf);
    for (let at = steps.next(asOf); at !== undefined && at <= to; at = steps.next(at)) {
      yield;
      const after = steps.at(at);
      if (!saysTheSame(before, after)) return { at, before, after };
    }
    return undefined;
  }

  /** Whether its item passes the filters; without filters, whether it has one or not. */
  passes(view: View, id: string, question: Question, filters: Filters): boolean {
    if (Object.keys(filters).length === 0) return true;
    const { item } = this.known.find(view, id, question);
    return item !== undefined && passes(view, item, filters);
  }

  /** The differences between two questions, over all views or some. */
  *diff(from: Question, to: Question, views: readonly View[] = VIEWS): Pieces<StateChange[]> {
    const before = yield* this.stated(from, views);
    const after = yield* this.stated(to, views);
    return diff(before, after);
  }

  /** Every value of the state, flat. */
  *stated(question: Question, views: readonly View[] = VIEWS): Pieces<Stated<ViewName>[]> {
    const stated: Stated<ViewName>[] = [];
    for (const view of views) {
      for (const [id, cells] of this.cells.cellsOfAll(view.category, question)) {
        yield;
        const item = view.item(new SubjectReader(id, cells), question.asOf);
        if (item === undefined) continue;
        stated.push(...view.stated(item).map((value) => ({ view: view.name, subject: item.id, ...value })));
      }
    }
    return stated;
  }

  /**
   * The items of a view that pass its filters, counted at each of some instants, which ascend: what `list` gives at each of them. It reads a
   * subject once for each of its changes, for any number of instants between two.
   */
  *series(
    view: View,
    scope: EffectFilter,
    filters: Filters,
    instants: readonly Instant[],
  ): Pieces<ItemCounts[]> {
    const counted = instants.map(() => ({ total: 0, uncertain: 0, counts: new Map<string, number>() }));
    const subjects = yield* this.marked.among(view, filters);
    for (const id of subjects ?? this.cells.subjectsOf(view.category)) {
      for (let n = 0; n < instants.length;) {
        yield;
        const { item, to } = this.known.find(view, id, { ...scope, asOf: instants[n]! });
        const counts = item && passes(view, item, filters);
        do {
          if (counts) count(counted[n]!, item);
          n += 1;
        } while (n < instants.length && instants[n]! < to);
      }
    }
    return counted;
  }

  /** The plane of a subject: its answers at every valid and every known time. `interval` is of valid time. */
  plane(
    view: View,
    id: string,
    scope: Omit<EffectFilter, 'knownAt'>,
    interval: { readonly from?: Instant; readonly to?: Instant } = {},
  ): Pieces<Rectangle[]> {
    const seams = this.cells.seams(view.category, id, scope);
    return planeOf(
      seams,
      (knownAt, stretch) => this.timeline(view, id, { ...scope, knownAt }, stretch),
      interval,
    );
  }

  /** The next subjects of a view after `after`, in order, at most so many: those with any event. */
  subjectsAfter(view: View, after: string, most: number): string[] {
    return this.cells.subjectsAfter(view.category, after, most);
  }

  private subject(view: View, id: string, scope: EffectFilter): SubjectReader {
    return new SubjectReader(id, this.cells.cellsOf(view.category, id, scope));
  }
}

function passes(view: View, known: { readonly item: Item }, filters: Filters): boolean {
  const wanted = Object.entries(filters);
  if (wanted.length === 0) return true;
  const { item } = known;
  return wanted.every(([name, value]) => view.filters[name]?.passes(item, value) === true);
}

function samePiece(a: Piece, b: Piece): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
