import { Injectable } from '@nestjs/common';
import { ChangeWalk, type ChangeIdText, type ChangeOfState, type ChangePlace, type Point } from '#views';
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

/** Reads the changes of the past, up to the present. */
@Injectable()
export class ChangeReader {
  constructor(
    private readonly walk: ChangeWalk,
    private readonly places: ChangePlaces,
    private readonly watermark: ChangeWatermark,
  ) {}

  /** The first changes, at most `limit`. Rejects with LogError or ViewsError. */
  async page(asked: ChangesAsked, limit: number): Promise<ChangeList> {
    const items: ChangeOfState[] = [];
    const end = await this.walked(asked, (changes) => {
      items.push(...changes);
      return items.length <= limit;
    });
    const [last, isFull] = [items[limit - 1], items.length > limit];
    if (last && isFull) return { items: items.slice(0, limit), next: last.id, position: last.id };
    return { items, next: null, position: await this.places.idOf(end) };
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
      await take(some);
      return left > 0;
    });
  }

  /** Continues until `take` returns false. Returns the point reached. */
  private async walked(
    { from, to, selection, signal }: ChangesAsked,
    take: (changes: readonly ChangeOfState[]) => boolean | Promise<boolean>,
  ): Promise<Point> {
    const now = await this.watermark.now();
    const until = to && to.at < now.at ? { ...to, sequence: Math.min(to.sequence, now.sequence) } : now;
    const steps = this.walk.through(from, until, { filter: selection.filter, signal });
    for (;;) {
      const next = await steps.next();
      if (next.done === true) return next.value;
      const changes = next.value.changes.filter((change) => selection.passes(change));
      if (changes.length > 0 && !(await take(changes))) return until;
    }
  }
}
