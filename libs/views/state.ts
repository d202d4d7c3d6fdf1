import type { Interruptible } from '#runtime';
import { EARLIEST, LATEST, type Instant } from '#time';
import { differences, type Change, type Stated } from '#timeline';
import { airspace } from './airspace.js';
import { claims } from './claims.js';
import { conditions } from './conditions.js';
import { crossings } from './crossings.js';
import { detentions } from './detentions.js';
import { estimates } from './estimates.js';
import { countThrough, StatusesByVoice, type OthersByStatus } from './remembered-statuses.js';
import { count, type ItemCounts } from './item-counts.js';
import type { RememberedItem, Wanted } from './remembered-items.js';
import { MarkedSubjects } from './marked-subjects.js';
import type { Question } from './question.js';
import { releases } from './releases.js';
import { sanctions } from './sanctions.js';
import type { CellReader } from './sqlite/cell-reader.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import { statements } from './statements.js';
import { StateOfSubjects, wantedWith, type FilterValues } from './state-of-subjects.js';
import type { Elsewhere } from './subject-work.js';
import { talks } from './talks.js';
import { transit } from './transit.js';
import type { Item, View, ViewName } from './view.js';
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

/** The number of subjects whose cells are read together. */
const AT_A_TIME = 100;
/** The number of remembered items of a list that are found between two yields: a yield takes as long as the search for one item. */
const REMEMBERED_TOGETHER = 16;

/** A value that differs between two states. */
export interface StateChange extends Change<ViewName> {}

/** The ids of some subjects of a category. */
export type SubjectsOfCategory = (category: string) => Iterable<string>;

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}

/**
 * Answers questions about state. A state only reads: the same cells give the same answer. Long work yields from time to time:
 * `Turnstile.finish` does the work in turns with other work, `finished` does it without a break. Until the work ends, no process may write
 * to the cells, unless the question has a `recordedAt` that the cells have reached.
 */
export class State extends StateOfSubjects {
  private readonly marked: MarkedSubjects;
  private readonly statuses: StatusesByVoice;

  /** `elsewhere` does the work about single subjects that would take too long here. */
  constructor(cells: CellReader, elsewhere?: Elsewhere) {
    super(cells, elsewhere);
    this.marked = new MarkedSubjects(cells);
    this.statuses = new StatusesByVoice(cells);
  }

  /** The items of a view, by id. `filters`: values of the view's own filters; an item must pass all of them. */
  *list(view: View, question: Question, filters: FilterValues = {}): Interruptible<Item[]> {
    return (yield* this.steadyList(view, question, filters)).items.map(({ item }) => item);
  }

  /** The list, and the interval around `asOf`, [from, to), in which the clock alone cannot change the list. */
  *steadyList(
    view: View,
    question: Question,
    filters: FilterValues,
  ): Interruptible<{ readonly items: RememberedItem[]; readonly from: Instant; readonly to: Instant }> {
    const items: RememberedItem[] = [];
    let from = EARLIEST;
    let to = LATEST;
    const ofView = this.remembered.of(view, question);
    const wanted = wantedWith(view, filters);
    let seen = 0;
    for (const id of this.loaded(view, yield* this.marked.among(view, filters), question)) {
      let found = ofView.find(id, question, wanted);
      if (found === undefined || (seen += 1) % REMEMBERED_TOGETHER === 0) yield;
      found ??= yield* ofView.read(id, question, wanted);
      if (found.item) items.push(found.item);
      from = Math.max(from, found.from);
      to = Math.min(to, found.to);
    }
    return { items, from, to };
  }

  /**
   * The first items of a list after the id `after`, at most `limit`, and whether the list has more items. Only subjects that may pass are read, up to
   * the first item of the next page, and the rest of one batch.
   */
  *page(
    view: View,
    question: Question,
    filters: FilterValues,
    { after, limit }: { readonly after: string; readonly limit: number },
  ): Interruptible<{ readonly items: RememberedItem[]; readonly more: boolean }> {
    const items: RememberedItem[] = [];
    const subjects = yield* this.marked.among(view, filters);
    const wanted = wantedWith(view, filters);
    const others = this.othersByStatus(view, question, wanted);
    const ofView = this.remembered.of(view, question);
    let most = Math.min(limit + 1, AT_A_TIME);
    for (let n = countThrough(subjects, after); n < subjects.length; most = Math.min(most * 2, AT_A_TIME)) {
      yield;
      const batch: string[] = [];
      for (; n < subjects.length && batch.length < most; n += 1)
        if (others?.has(subjects[n]!) !== true) batch.push(subjects[n]!);
      this.cells.load(view.category, batch, question);
      for (const id of batch) {
        yield;
        const found = ofView.find(id, question, wanted) ?? (yield* ofView.read(id, question, wanted));
        if (found.item) items.push(found.item);
        others?.add(id, found);
        if (items.length > limit) return { items: items.slice(0, limit), more: true };
      }
    }
    return { items, more: false };
  }

  /** The subjects that are known to have another status than the filters ask for; undefined where the filters ask for no status. */
  private othersByStatus(
    view: View,
    question: Question,
    wanted: Wanted | undefined,
  ): OthersByStatus | undefined {
    return wanted?.status === undefined
      ? undefined
      : this.statuses.of(view, question).others(wanted.status, question);
  }

  /** The differences between two questions, over all views or some. */
  *diff(from: Question, to: Question, views: readonly View[] = VIEWS): Interruptible<StateChange[]> {
    const before = yield* this.stated(from, views);
    const after = yield* this.stated(to, views);
    return yield* differences(before, after);
  }

  /** Every value of the state, as one flat list; or the values of some subjects of each category. */
  *stated(
    question: Question,
    views: readonly View[] = VIEWS,
    subjectsOf: SubjectsOfCategory = (category) => this.cells.subjectsOf(category),
  ): Interruptible<Stated<ViewName>[]> {
    const stated: Stated<ViewName>[] = [];
    this.cells.refresh();
    for (const view of views) {
      for (const id of subjectsOf(view.category)) {
        yield;
        for (const value of yield* this.statedOf(view, id, question))
          stated.push({ view: view.name, subject: id, ...value });
      }
    }
    return stated;
  }

  /**
   * Counts the items of a view that pass its filters, at each instant of an ascending list. The counted items are the items that `list` gives at that
   * instant. A subject is read once for each of its changes, for any number of instants between two changes.
   */
  *series(
    view: View,
    filter: EffectFilter,
    filters: FilterValues,
    instants: readonly Instant[],
  ): Interruptible<ItemCounts[]> {
    const counted = instants.map(() => ({ total: 0, uncertain: 0, counts: new Map<string, number>() }));
    const ofView = this.remembered.of(view, filter);
    const wanted = wantedWith(view, filters);
    for (const id of this.loaded(view, yield* this.marked.among(view, filters))) {
      for (let n = 0; n < instants.length;) {
        yield;
        const asked = { ...filter, asOf: instants[n]! };
        const { item, to } = ofView.find(id, asked, wanted) ?? (yield* ofView.read(id, asked, wanted));
        do {
          if (item) count(counted[n]!, item);
          n += 1;
        } while (n < instants.length && instants[n]! < to);
      }
    }
    return counted;
  }

  /** The first `most` subjects of a view after `after`, in order. A subject has at least one event. */
  subjectsAfter(view: View, after: string, most: number): string[] {
    return this.cells.subjectsAfter(view.category, after, most);
  }

  /** The subjects, one by one. The cells of the next subjects are read together. */
  private *loaded(view: View, subjects: readonly string[], around?: Question): Generator<string, void, void> {
    for (let n = 0; n < subjects.length; n += AT_A_TIME) {
      const batch = subjects.slice(n, n + AT_A_TIME);
      this.cells.load(view.category, batch, around);
      yield* batch;
    }
  }
}
