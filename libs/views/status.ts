import { EARLIEST, formatInstant, type Instant } from '#time';
import { combine, runAt, type Steps } from '#timeline';
import { isCertain, mapFinding, sameFinding, union, type Finding } from './finding.js';
import type { Item, Piece, StatedValue } from './view.js';
import { without } from './without.js';

/** A status as an answer gives it: `unknown` where no event says, or where possible worlds differ. */
export interface Status {
  readonly status: string;
  readonly certain: boolean;
  /** Every status some possible world gives, where they differ. */
  readonly possible?: readonly string[];
  /** Only claimed: no act or observation says. */
  readonly claimed?: true;
  readonly because: readonly string[];
}

export interface StatusRun extends Status {
  /** Start of the unbroken run of this status; year 1 where nothing says that it ever began. */
  readonly since?: string;
  /** The announced end of what holds; its latest instant, where it is vague. */
  readonly until?: string;
  /** The next change known at the cut. */
  readonly next?: {
    readonly at: string;
    readonly status: string;
    readonly certain: boolean;
    readonly possible?: readonly string[];
    readonly claimed?: true;
  };
}

export const UNKNOWN = 'unknown';

/** Values that carry a status beside other members. */
export interface WithStatus {
  readonly status: string;
}

export function statusOf(finding: Finding<WithStatus>): Status {
  const statuses = mapFinding(finding, (value) => value?.status ?? UNKNOWN).outcomes;
  const because = union(...statuses.map((outcome) => outcome.because));
  const [only] = statuses;
  if (statuses.length === 1 && only) {
    return { status: only.value ?? UNKNOWN, certain: true, ...(only.claimed && { claimed: true }), because };
  }
  const possible = [...new Set(statuses.map(({ value }) => value ?? UNKNOWN))].sort();
  return { status: UNKNOWN, certain: false, possible, because };
}

/** The status at `at`, since when it has been so, and what is known to come. */
export function statusRunOf(steps: Steps<Finding<WithStatus>>, at: Instant): StatusRun {
  const run = runAt(steps, at, sameStatus);
  const status = statusOf(run.value);
  const since = run.from ?? (status.status === UNKNOWN ? undefined : EARLIEST);
  const until = isCertain(mapFinding(run.value, (value) => value?.status))
    ? run.value.outcomes[0]?.until
    : undefined;
  return {
    ...status,
    ...(since !== undefined && { since: formatInstant(since) }),
    ...(until && { until: formatInstant(until.latest) }),
    ...(run.to !== undefined && { next: nextOf(steps, run.to) }),
  };
}

function nextOf(steps: Steps<Finding<WithStatus>>, at: Instant): NonNullable<StatusRun['next']> {
  return { at: formatInstant(at), ...without(statusOf(steps.at(at)), 'because') };
}

export function sameStatus(a: Finding<WithStatus>, b: Finding<WithStatus>): boolean {
  const status = (value: WithStatus | undefined): string => value?.status ?? UNKNOWN;
  return sameFinding(mapFinding(a, status), mapFinding(b, status));
}

/** The timeline of a status. */
export function statusPieces(steps: Steps<Finding<WithStatus>>): Steps<Piece> {
  return combine([steps] as const, statusOf);
}

/** The status of an item, as a diff compares it. */
export function statedStatus({ status, possible, because }: Item & Status): StatedValue {
  return { aspect: 'status', value: { status, ...(possible && { possible }) }, because };
}

/** Without what a status is always given with: certain, and from facts. */
export function briefly<S extends Status>({
  certain,
  ...status
}: S): Omit<S, 'certain'> & { certain?: false } {
  return certain ? status : { ...status, certain };
}
