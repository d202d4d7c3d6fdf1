import type { Quantity } from '#events';
import type { Because } from '#timeline';
import type { Instant } from '#time';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { spreadOf, voicesOf, newestFirst, type Spread } from './figures.js';
import { union } from './finding.js';
import { begunWith, ledgerEntriesOf, statedEntries, type LedgerEntry, type Voice } from './ledger.js';
import {
  statedStatus,
  statusOf,
  RUN_COLUMNS,
  statusRunOf,
  statusFilter,
  UNKNOWN,
  type StatusRun,
} from './status.js';
import { changingWith, type Names, type SubjectReader } from './subject.js';
import type { Item, StatedAspect, StatedValue, ValuePiece, View } from './view.js';
import { without } from './without.js';

const STATUSES = ['held', 'released'] as const;

export type DetentionStatus = (typeof STATUSES)[number] | typeof UNKNOWN;

/** The value of the aspect `status`; a release does not repeat the holder and the thing held. */
interface Holding {
  readonly status: DetentionStatus;
  readonly holder?: string;
  readonly owners?: readonly string[];
  readonly place?: string;
  readonly what?: string;
  readonly reason?: string;
  readonly note?: string;
}

/** The value of the aspects `count/<unit>`. */
interface Counted {
  readonly count: Quantity;
  readonly unit: string;
  readonly what?: string;
  readonly note?: string;
}

/** The number by one claimant. */
export interface Count extends Voice, Counted {
  /** False: it is one of several figures that the claimant may give. */
  readonly certain: boolean;
}

/** A figure, and the events behind it. */
export interface CountClaim extends Count {
  readonly because: Because;
}

/** A release of some of the persons or things. */
export interface PartRelease extends LedgerEntry {
  readonly count: Quantity;
  readonly unit?: string;
  readonly note?: string;
}

/** A person or a thing that is kept at a border. */
export interface Detention extends Item, StatusRun<DetentionStatus> {
  readonly names?: Names;
  /** The id of the actor who holds them. */
  readonly holder?: string;
  readonly owners?: readonly string[];
  readonly place?: string;
  readonly what?: string;
  readonly reason?: string;
  readonly note?: string;
  /** The latest figure of every claimant in every unit, the newest first. Never a sum. */
  readonly claims: readonly CountClaim[];
  /** The bounds of the figures in all units, although units are not comparable; `ranges` has the bounds for each unit. */
  readonly range: Spread;
  /** By unit. */
  readonly ranges: Readonly<Record<string, Spread>>;
  readonly releases?: readonly PartRelease[];
}

/** The status of a detention, and the figures. */
export interface DetentionPiece extends ValuePiece<readonly Count[]> {
  readonly status: DetentionStatus;
  /** Every status that it may have, where it is not certain. */
  readonly possible?: readonly DetentionStatus[];
}

/** Detentions. Filters: `status`, `holder`, `owner`, `claimant` (an actor who has given a figure). */
export const detentions: View<Detention, DetentionPiece> = {
  name: 'detentions',
  category: 'detention',
  item(subject, at) {
    const run = statusRunOf(subject, (of) => of.aspect<Holding>('status'), at);
    const held = subject.lastPassing<Holding>('status', at, ({ status }) => status === 'held');
    const claims = claimsOf(subject, at);
    const releases = ledgerEntriesOf<PartRelease>(subject, 'releases', at);
    const said = union(
      run.because,
      held?.because ?? [],
      ...[...claims, ...releases].map((one) => one.because),
    );
    const because = subject.restsOn(said, at);
    if (because.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...(held?.value && without(held.value, 'status')),
      ...run,
      claims,
      range: spreadOf(claims.map(({ count }) => count)),
      ranges: rangesOf(claims),
      ...(releases.length > 0 && { releases }),
      because,
    };
  },
  timeline(subject) {
    const status = subject.aspect<Holding>('status');
    const counts = subject.aspects('count/').flatMap((aspect) => subject.steps(aspect));
    return changingWith([status, ...counts], (v) => {
      const claims = claimsOf(subject, v);
      const now = statusOf(status.at(v));
      return {
        status: now.status,
        value: claims.map((claim) => without(claim, 'because')),
        certain: now.certain && claims.every(({ certain }) => certain),
        ...(now.possible && { possible: now.possible }),
        because: union(now.because, ...claims.map(({ because }) => because)),
      };
    });
  },
  stated: (item) => [
    ...statedStatus(item),
    ...statedClaims(item.claims),
    ...statedEntries(item.releases ?? []),
  ],
  columns: columnsFor<Detention>({
    id: 'text',
    names: NAME_COLUMNS,
    holder: 'text',
    owners: 'text',
    place: 'text',
    what: 'text',
    reason: 'text',
    note: 'text',
    ...RUN_COLUMNS,
    claims: 'text',
    range: { min: 'text', max: 'text', openEnded: 'text' },
    ranges: 'text',
    releases: 'text',
    because: 'text',
  }),
  filters: {
    status: statusFilter(STATUSES),
    holder: {
      description: 'the id of the actor who holds them',
      passes: (item, wanted) => item.holder === wanted,
    },
    owner: {
      description: 'the id of an owner',
      passes: (item, wanted) => item.owners?.includes(wanted) === true,
    },
    claimant: {
      description: 'the id of an actor who has given a figure',
      passes: (item, wanted) => item.claims.some(({ claimant }) => claimant === wanted),
    },
  },
};

function claimsOf(subject: SubjectReader, at: Instant): CountClaim[] {
  return subject
    .aspects('count/')
    .flatMap((aspect) => voicesOf<Counted>(subject, aspect, at))
    .map(({ value, ...attributed }) => ({ ...value, ...attributed }))
    .sort(newestFirst);
}

function rangesOf(claims: readonly CountClaim[]): Record<string, Spread> {
  const units = [...new Set(claims.map(({ unit }) => unit))].sort();
  const inUnit = (unit: string) => claims.filter((claim) => claim.unit === unit);
  return Object.fromEntries(units.map((unit) => [unit, spreadOf(inUnit(unit).map(({ count }) => count))]));
}

/** One value for each claimant and unit, with every figure that the claimant may give. */
function statedClaims(claims: readonly CountClaim[]): StatedValue[] {
  const byVoice = new Map<StatedAspect, CountClaim[]>();
  for (const claim of claims) {
    const aspect = `count/${claim.unit}/${claim.claimant}` as const;
    byVoice.set(aspect, [...(byVoice.get(aspect) ?? []), claim]);
  }
  return [...byVoice].map(([aspect, figures]) => {
    const [only] = figures;
    const value = only?.certain ? { count: only.count } : { possible: figures.map(({ count }) => count) };
    const because = union(...figures.map((figure) => figure.because));
    return { aspect, value, because, ...begunWith(figures) };
  });
}
