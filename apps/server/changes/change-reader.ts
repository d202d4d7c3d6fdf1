import { Inject, Injectable } from '@nestjs/common';
import type { Runtime } from '#runtime';
import {
  ChangeWalk,
  type ChangeIdText,
  type ChangeOfState,
  type ChangePlace,
  type Point,
  type StepPart,
} from '#views';
import { RUNTIME } from '../provided.js';
import { ChangePlaces } from './change-places.js';
import type { ChangeSelection } from './change-selection.js';
import { ChangeWatermark } from './change-watermark.js';

export interface ChangesAsked {
  /** A place that this log has. */
  readonly from: ChangePlace;
  /** A point of the staircase; absent: the present. */
  readonly to?: Point | undefined;
  readonly selection: ChangeSelection;
  readonly signal?: AbortSignal | undefined;
}

/** Changes of state, in order. */
export interface ChangeList {
  readonly items: readonly ChangeOfState[];
  /** The `after` of the next page; null: there are no more now. */
  readonly next: ChangeIdText | null;
  /** The place at the end of this page; later changes follow it. */
  readonly position: ChangeIdText;
}

/** Milliseconds after which a page ends, also where it is not full: a filter may select few of the changes of a long history. */
const LONGEST_PAGE_MS = 2_000;

/** Reads the changes of the past, up to the present. */
@Injectable()
export class ChangeReader {
  constructor(
    private readonly walk: ChangeWalk,
    private readonly places: ChangePlaces,
    private readonly watermark: ChangeWatermark,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** The first changes, at most `limit`; fewer where the search takes long. Rejects with LogError or ViewsError. */
  async page(asked: ChangesAsked, limit: number): Promise<ChangeList> {
    const until = this.runtime.elapsed() + LONGEST_PAGE_MS;
    const items: ChangeOfState[] = [];
    let reached: ChangeIdText | undefined;
    const end = await this.walked(asked, async (changes, part) => {
      items.push(...changes);
      if (items.length > limit) return false;
      if (this.runtime.elapsed() >= until) reached = await this.placeAfter(part);
      return reached === undefined;
    });
    const [last, isFull] = [items[limit - 1], items.length > limit];
    const next = (last && isFull ? last.id : reached) ?? null;
    return { items: items.slice(0, limit), next, position: next ?? (await this.places.idOf(end)) };
  }

  /** The place after a part of a step; undefined where it has none. */
  private async placeAfter({ step, changes, end }: StepPart): Promise<ChangeIdText | undefined> {
    const last = changes.at(-1);
    if (last) return last.id;
    return end === undefined ? this.places.idOf(step) : undefined;
  }

  /** Passes all changes to `take` as they are read, at most `most`. */
  async all(
    asked: ChangesAsked,
    most: number,
    take: (changes: readonly ChangeOfState[]) => Promise<void>,
  ): Promise<void> {
    let left = most;
    await this.walked(asked, async (changes) => {
      const some = changes.slice(0, left);
      left -= some.length;
      if (some.length > 0) await take(some);
      return left > 0;
    });
  }

  /** Passes the selected changes of each part of a step to `take`, until it returns false. Returns the point reached. */
  private async walked(
    { from, to, selection, signal }: ChangesAsked,
    take: (changes: readonly ChangeOfState[], part: StepPart) => Promise<boolean>,
  ): Promise<Point> {
    const now = await this.watermark.now();
    const until = to && to.at < now.at ? { ...to, sequence: Math.min(to.sequence, now.sequence) } : now;
    const steps = this.walk.through(from, until, { filter: selection.filter, every: true, signal });
    for (;;) {
      const next = await steps.next();
      if (next.done === true) return next.value;
      const changes = next.value.changes.filter((change) => selection.passes(change));
      if (!(await take(changes, next.value))) return until;
    }
  }
}
