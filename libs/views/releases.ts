import type { Instant } from '#time';
import { spreadOf, voicesOf, type Quantity, type Spread } from './figures.js';
import { union } from './finding.js';
import { entriesOf, statedEntries, type Attributed, type Entry } from './ledger.js';
import { changingWith, type Names, type Subject } from './subject.js';
import type { Item, View } from './view.js';
import { without } from './without.js';

/** The value of the aspect `count`. */
interface Counted {
  readonly released: Quantity;
  readonly who: string;
}

export interface ReleaseEntry extends Counted {
  readonly by: string;
  readonly mediator?: string;
}

/** What one claimant says of how many came free. */
export type ReleaseClaim = Attributed & {
  readonly count: Quantity;
  readonly who: string;
  readonly certain: boolean;
};

export interface Release extends Item {
  readonly names?: Names;
  readonly by: readonly string[];
  readonly mediators?: readonly string[];
  /** The latest figure of every claimant, the newest first. Never a sum. */
  readonly claims: readonly ReleaseClaim[];
  readonly range: Spread;
  readonly releases: readonly Entry<ReleaseEntry>[];
}

/** Prisoners set free. Filters: `by`, `mediator`, `claimant`. */
export const releases: View<Release> = {
  name: 'releases',
  category: 'release',
  item(subject, at) {
    const claims = claimsOf(subject, at);
    const ledger = entriesOf<ReleaseEntry>(subject, 'releases', at);
    const because = union(...[...claims, ...ledger].map((said) => said.because));
    if (because.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    const mediators = [...new Set(ledger.flatMap(({ mediator }) => mediator ?? []))];
    return {
      id: subject.id,
      ...(names && { names }),
      by: [...new Set(ledger.map(({ by }) => by))],
      ...(mediators.length > 0 && { mediators }),
      claims,
      range: spreadOf(claims.map(({ count }) => count)),
      releases: ledger,
      because,
    };
  },
  timeline: (subject) =>
    changingWith(subject.steps('count'), (v) => {
      const claims = claimsOf(subject, v);
      return {
        value: claims.map((claim) => without(claim, 'because')),
        certain: claims.every(({ certain }) => certain),
        because: union(...claims.map(({ because }) => because)),
      };
    }),
  stated: (item) => statedEntries(item.releases),
  filters: {
    by: {
      description: 'the id of who set them free',
      passes: (item, wanted) => item.by.includes(wanted),
    },
    mediator: {
      description: 'the id of who mediated',
      passes: (item, wanted) => item.mediators?.includes(wanted) === true,
    },
    claimant: {
      description: 'the id of an actor that has given a figure',
      passes: (item, wanted) => item.claims.some(({ claimant }) => claimant === wanted),
    },
  },
};

function claimsOf(subject: Subject, at: Instant): ReleaseClaim[] {
  return voicesOf<Counted>(subject, 'count', at).map(({ value: { released, who }, ...attributed }) => ({
    count: released,
    who,
    ...attributed,
  }));
}
