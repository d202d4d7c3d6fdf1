import type { Instant } from '#time';
import type { CellReader } from './sqlite/cell-reader.js';
import { BOUNDS, isWithin, type Stretch } from './sqlite/cell-stretches.js';
import { countUpTo } from './sqlite/loaded-cell.js';
import type { EffectFilter } from './sqlite/effect-filter.js';
import type { View } from './view.js';

interface Asked extends EffectFilter {
  readonly asOf: Instant;
}

/** The greatest number of statuses that are remembered, for all questions together. Each takes 49 bytes. */
const MOST_STATUSES = 800_000;

/** The status of a subject; undefined where it has none. From `from` until `to`, and for the cuts of the stretch, only a write can change the status. */
interface FoundStatus {
  readonly status: string | undefined;
  readonly from: Instant;
  readonly to: Instant;
  readonly stretch: Stretch | undefined;
}

/** The subjects that are known to have another status than a question asks for. */
export interface OthersByStatus {
  has(subject: string): boolean;
  add(subject: string, found: FoundStatus): void;
}

/**
 * The remembered statuses of subjects. The subjects are in order. Each status has, on each of the three axes, the interval around the last question in
 * which it does not change. So a question for another page or another cut uses the same results. Here a status is a number: its index in `names`.
 */
class RememberedStatuses {
  /** The bounds of each subject, one after another. Where they are empty, nothing is known about the subject. */
  private readonly bounds: Float64Array;
  private readonly statuses: Uint8Array;
  private names: (string | undefined)[] = [];
  private seen = 0;

  constructor(
    private readonly cells: CellReader,
    private readonly category: string,
    readonly subjects: readonly string[],
  ) {
    this.bounds = new Float64Array(BOUNDS * subjects.length);
    this.statuses = new Uint8Array(subjects.length);
  }

  /** Forgets the subjects that were written to. */
  refresh(): void {
    // All statuses that are found from now on are of this sequence or of a later one.
    this.cells.refresh();
    const last = this.cells.lastTouched();
    if (last === this.seen) return;
    // At first there is nothing to forget.
    const touched = this.seen === 0 ? [] : this.cells.touchedSince(this.category, this.seen);
    for (const subject of touched) {
      const index = this.indexOf(subject);
      if (index >= 0) this.bounds.fill(0, BOUNDS * index, BOUNDS * (index + 1));
    }
    this.seen = last;
  }

  /** The same statuses for another list of subjects. This object does not change: questions that have begun use it to their end. */
  movedTo(subjects: readonly string[]): RememberedStatuses {
    const moved = new RememberedStatuses(this.cells, this.category, subjects);
    moved.seen = this.seen;
    moved.names = this.names;
    let old = 0;
    for (const [index, subject] of subjects.entries()) {
      while (old < this.subjects.length && this.subjects[old]! < subject) old += 1;
      if (this.subjects[old] !== subject) continue;
      moved.bounds.set(this.bounds.subarray(BOUNDS * old, BOUNDS * (old + 1)), BOUNDS * index);
      moved.statuses[index] = this.statuses[old]!;
    }
    return moved;
  }

  /** The subjects that are known not to have the status. */
  others(status: string, asked: Asked): OthersByStatus {
    const wanted = this.numberOf(status);
    let last = -1;
    // The subjects mostly come in order.
    const indexOf = (subject: string): number => {
      last = this.subjects[last + 1] === subject ? last + 1 : this.indexOf(subject);
      return last;
    };
    return {
      has: (subject) => this.isAnother(indexOf(subject), wanted, asked),
      add: (subject, found) => this.add(subject, found),
    };
  }

  /** The index of a subject; -1 where it is not in the list. */
  private indexOf(subject: string): number {
    const index = countThrough(this.subjects, subject) - 1;
    return this.subjects[index] === subject ? index : -1;
  }

  private numberOf(status: string | undefined): number {
    const number = this.names.indexOf(status);
    return number < 0 ? this.names.push(status) - 1 : number;
  }

  private isAnother(index: number, status: number, asked: Asked): boolean {
    return this.statuses[index] !== status && isWithin(this.bounds, BOUNDS * index, asked);
  }

  private add(subject: string, { status, from, to, stretch }: FoundStatus): void {
    const index = this.indexOf(subject);
    if (index < 0 || stretch === undefined) return;
    this.bounds.set([from, to, ...stretch], BOUNDS * index);
    this.statuses[index] = this.numberOf(status);
  }
}

/** The remembered statuses by view, and by the claimants and grades of the question. */
export class StatusesByVoice {
  private readonly remembered = new Map<string, RememberedStatuses>();

  constructor(private readonly cells: CellReader) {}

  of({ name, category }: View, { accordingTo, minReliability }: EffectFilter): RememberedStatuses {
    const subjects = this.cells.subjectsOf(category);
    if (!this.cells.isSteady) return new RememberedStatuses(this.cells, category, subjects);
    const key = JSON.stringify([name, accordingTo, minReliability]);
    const remembered = this.remembered.get(key) ?? new RememberedStatuses(this.cells, category, subjects);
    const ofThese = remembered.subjects === subjects ? remembered : remembered.movedTo(subjects);
    ofThese.refresh();
    // The map is in the order of the last use.
    this.remembered.delete(key);
    this.remembered.set(key, ofThese);
    this.shrink();
    return ofThese;
  }

  private shrink(): void {
    let statuses = 0;
    for (const { subjects } of this.remembered.values()) statuses += subjects.length;
    for (const [key, { subjects }] of this.remembered) {
      if (statuses <= MOST_STATUSES || this.remembered.size === 1) return;
      this.remembered.delete(key);
      statuses -= subjects.length;
    }
  }
}

/** The number of ids up to `id`, which is included. The ids are in order. */
export const countThrough = (ids: readonly string[], id: string): number =>
  countUpTo(ids.length, (index) => (ids[index]! <= id ? 0 : 1), 0);
