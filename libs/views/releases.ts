import type { Quantity } from '#events';
import type { Because } from '#timeline';
import type { Instant } from '#time';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { spreadOf, voicesOf, type Spread } from './figures.js';
import { union } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry, type Voice } from './ledger.js';
import { changingWith, type Names, type SubjectReader } from './subject.js';
import type { Item, ValuePiece, View } from './view.js';
import { without } from './without.js';

/** The value of the aspect `count`. */
interface Counted {
  readonly released: Quantity;
  readonly who: string;
}

/** A release of prisoners. */
export interface ReleaseEntry extends LedgerEntry, Counted {
  /** The id of the actor who released them. */
  readonly by: string;
  /** The id of the actor who mediated. */
  readonly mediator?: string;
}

/** The number of released prisoners by one claimant. */
export interface ReleaseCount extends Voice {
  readonly count: Quantity;
  readonly who: string;
  /** False: it is one of several figures that the claimant may give. */
  readonly certain: boolean;
}

/** A figure, and the events behind it. */
export interface ReleaseClaim extends ReleaseCount {
  readonly because: Because;
}

/** Prisoners who were released. */
export interface Release extends Item {
  readonly names?: Names;
  /** The ids of the actors who released them. */
  readonly by: readonly string[];
  /** The ids of the actors who mediated. */
  readonly mediators?: readonly string[];
  /** The latest figure of every claimant, the newest first. Never a sum. */
  readonly claims: readonly ReleaseClaim[];
  readonly range: Spread;
  readonly releases: readonly ReleaseEntry[];
}

/** The figures. */
export type ReleasePiece = ValuePiece<readonly ReleaseCount[]>;

/** Releases of prisoners. Filters: `by`, `mediator`, `claimant`. */
export const releases: View<Release, ReleasePiece> = {
  name: 'releases',
  category: 'release',
  item(subject, at) {
    const claims = claimsOf(subject, at);
    const ledger = ledgerEntriesOf<ReleaseEntry>(subject, 'releases', at);
    const said = union(...[...claims, ...ledger].map((one) => one.because));
    const because = subject.restsOn(said, at);
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
  columns: columnsFor<Release>({
    id: 'text',
    names: NAME_COLUMNS,
    by: 'text',
    mediators: 'text',
    claims: 'text',
    range: { min: 'text', max: 'text', openEnded: 'text' },
    releases: 'text',
    because: 'text',
  }),
  filters: {
    by: {
      description: 'the id of the actor who released them',
      passes: (item, wanted) => item.by.includes(wanted),
    },
    mediator: {
      description: 'the id of the actor who mediated',
      passes: (item, wanted) => item.mediators?.includes(wanted) === true,
    },
    claimant: {
      description: 'the id of an actor that has given a figure',
      passes: (item, wanted) => item.claims.some(({ claimant }) => claimant === wanted),
    },
  },
};

function claimsOf(subject: SubjectReader, at: Instant): ReleaseClaim[] {
  return voicesOf<Counted>(subject, 'count', at).map(({ value: { released, who }, ...attributed }) => ({
    count: released,
    who,
    ...attributed,
  }));
}
