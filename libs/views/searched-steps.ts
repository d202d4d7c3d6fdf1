import type { Instant } from '#time';
import type { Steps } from '#timeline';

/** Steps in full while a search is short, then the steps of an outline. */
export class SearchedSteps<T> implements Steps<T> {
  private outline: Steps<T> | undefined;

  constructor(
    private readonly inFull: Steps<T>,
    private readonly makeOutline: () => Steps<T>,
    private readonly isShort: () => boolean,
  ) {}

  at(v: Instant): T {
    return this.steps.at(v);
  }

  next(v: Instant): Instant | undefined {
    return this.steps.next(v);
  }

  previous(v: Instant): Instant | undefined {
    return this.steps.previous(v);
  }

  sameSince(v: Instant): Instant | undefined {
    return this.steps.sameSince?.(v);
  }

  private get steps(): Steps<T> {
    if (this.outline === undefined && this.isShort()) return this.inFull;
    return (this.outline ??= this.makeOutline());
  }
}
