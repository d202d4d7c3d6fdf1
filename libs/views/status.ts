import { EARLIEST, type Instant, type InstantText } from '#time';
import { combine, earliestStart, latestEnd, runAt, type Because, type ClassOf, type Steps } from '#timeline';
import type { ColumnsOf } from './csv-columns.js';
import { mapFinding, union, type Finding, type Outcome } from './finding.js';
import type { SubjectReader } from './subject.js';
import type { Filter, Item, StatedAspect, StatedValue } from './view.js';
import { instantMembers } from './instant-members.js';

export const UNKNOWN = 'unknown' as const;

/** The status that events give, or `unknown`: no event gives one, or possible worlds differ. */
export type OrUnknown<S extends string> = S | typeof UNKNOWN;

/** The members beside a status of the closed set S. The member with the status may have any name. */
interface StatusGrounds<S extends string> {
  /** Every status that it may have, where it is not certain. */
  readonly possible?: readonly S[];
  /** It rests on claims alone: no act or observation supports it. */
  readonly claimed?: true;
  readonly because: Because;
}

export interface Status<S extends string = string> extends StatusGrounds<S> {
  /** `unknown` where no event gives a status, or where the status is not certain. */
  readonly status: S;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
}

/** The start of the present status, and its known future. */
export interface Run<S extends string = string> extends StatusGrounds<S> {
  /**
   * The start of the unbroken run of this status. Where the start is vague: its latest instant. Where no event gives a start: year 1. Where the
   * status is not certain: the instant at which it became possible.
   */
  readonly since?: InstantText;
  /** The earliest instant of a vague start: from then on, the status may have held without a break. */
  readonly sinceEarliest?: InstantText;
  /** The announced end of the present status. Where the end is vague: its latest instant. */
  readonly until?: InstantText;
  /** The earliest instant of a vague end. */
  readonly untilEarliest?: InstantText;
  readonly next?: Next;
}

export interface StatusRun<S extends string = string> extends Run<S> {
  /** `unknown` where no event gives a status, or where the status is not certain. */
  readonly status: S;
  /** Whether it is the same in every possible world. */
  readonly certain: boolean;
}

/** The next change known at the cut. */
export interface Next<S extends string = string> {
  /** The latest instant, where it is vague: by then the present status has surely ended. */
  readonly at: InstantText;
  /** The earliest instant, where it is vague: from it on, the status may be another. */
  readonly earliest?: InstantText;
  readonly status: S;
  readonly certain: boolean;
  /** Every status that it may have then, where it is not certain. */
  readonly possible?: readonly S[];
  /** It rests on claims alone: no act or observation supports it. */
  readonly claimed?: true;
}

/** The filter of a list by the status of its items: one of `statuses`, or `unknown`. `more` is added to the description. */
export const statusFilter = (
  statuses: readonly string[],
  more = '',
): Filter<Item & { readonly status: string }> => ({
  description: `the status as of \`asOf\`${more}`,
  choices: [...statuses, UNKNOWN],
  isOfStatus: true,
  passes: (item, wanted) => item.status === wanted,
});

/** The columns of a run. */
export const RUN_COLUMNS: Omit<ColumnsOf<StatusRun>, 'because'> = {
  status: 'text',
  certain: 'text',
  possible: 'text',
  claimed: 'text',
  since: 'text',
  sinceEarliest: 'text',
  until: 'text',
  untilEarliest: 'text',
  next: { at: 'text', earliest: 'text', status: 'text', certain: 'text', possible: 'text', claimed: 'text' },
};

/** A value that has a status beside other members. */
export interface WithStatus<S extends string = string> {
  readonly status: S;
}

export function statusOf<S extends string>({ outcomes }: Finding<WithStatus<S>>): Status<OrUnknown<S>> {
  const [only] = outcomes;
  if (outcomes.length === 1 && only) return certainly(only.value?.status ?? UNKNOWN, only);
  const statuses = mapFinding<WithStatus<S>, OrUnknown<S>>({ outcomes }, statusIn).outcomes;
  const [same] = statuses;
  if (statuses.length === 1 && same) return certainly(same.value ?? UNKNOWN, same);
  const because = union(...statuses.map((outcome) => outcome.because));
  const possible = [...new Set(statuses.map(({ value }) => value ?? UNKNOWN))].sort();
  return { status: UNKNOWN, certain: false, possible, because };
}

function certainly<S extends string>(status: S, { claimed, because }: Outcome): Status<S> {
  return claimed
    ? { status, certain: true, claimed: true, because: union(because) }
    : { status, certain: true, because: union(because) };
}

const statusIn = <S extends string>(value: WithStatus<S> | undefined): OrUnknown<S> =>
  value?.status ?? UNKNOWN;

/**
 * The status at `at`, its start, and its known future. `stepsOf` reads the status of a subject; `classOf`: the status of a value of a cell;
 * `statusesOf`: the same statuses as `stepsOf`, possibly without events, for the search for the start and the future.
 */
export function statusRunOf<S extends string>(
  subject: SubjectReader,
  stepsOf: (subject: SubjectReader) => Steps<Finding<WithStatus<S>>>,
  at: Instant,
  classOf: ClassOf<never> = statusInCell,
  statusesOf = stepsOf,
): StatusRun<OrUnknown<S>> {
  const steps = stepsOf(subject);
  const searched = subject.search(statusesOf === stepsOf ? steps : statusesOf(subject), statusesOf, classOf);
  const now = steps.at(at);
  const run = runAt(searched, at, sameStatus, now);
  const status = statusOf(now);
  const since = run.from ?? (status.status === UNKNOWN ? undefined : EARLIEST);
  const mayHold = status.certain ? mayBe(status.status) : () => false;
  const [first, ...others] = now.outcomes;
  const isOne = others.every(({ value }) => value?.status === first?.value?.status);
  const until = isOne ? first?.until : undefined;
  return {
    ...status,
    ...(since !== undefined &&
      instantMembers('since', { earliest: earliestStart(searched, since, mayHold), latest: since })),
    ...(until && instantMembers('until', until)),
    ...(run.to !== undefined && { next: nextOf(steps, searched, run.to, mayHold) }),
  };
}

export const statusInCell = (value: Partial<WithStatus>): string => value.status ?? '';

function nextOf(
  steps: Steps<Finding<WithStatus>>,
  searched: Steps<Finding<WithStatus>>,
  end: Instant,
  mayHold: (finding: Finding<WithStatus>) => boolean,
): Next {
  const at = latestEnd(searched, end, mayHold, isCertainStatus) ?? end;
  const { at: latest, atEarliest: earliest } = instantMembers('at', { earliest: end, latest: at });
  const { because, ...status } = statusOf(steps.at(at));
  const next = earliest === undefined ? { at: latest, ...status } : { at: latest, earliest, ...status };
  grounds.set(next, because);
  return next;
}

/** The events behind each next change. They are not part of the answer. */
const grounds = new WeakMap<Next, Because>();

/** Whether a status is one of the possible statuses of a finding. */
const mayBe =
  (status: string) =>
  ({ outcomes }: Finding<WithStatus>): boolean =>
    outcomes.some(({ value }) => statusIn(value) === status);

const isCertainStatus = ({ outcomes: [first, ...others] }: Finding<WithStatus>): boolean =>
  others.every(({ value }) => statusIn(value) === statusIn(first?.value));

/** Whether the same statuses are possible in both findings. */
export function sameStatus(a: Finding<WithStatus>, b: Finding<WithStatus>): boolean {
  if (a === b) return true;
  if (a.outcomes.length === 1 && b.outcomes.length === 1)
    return statusIn(a.outcomes[0]?.value) === statusIn(b.outcomes[0]?.value);
  return statusesIn(a) === statusesIn(b);
}

const statusesIn = ({ outcomes }: Finding<WithStatus>): string =>
  [...new Set(outcomes.map(({ value }) => statusIn(value)))].sort().join();

/** The timeline of a status. */
export function statusPieces<S extends string>(
  steps: Steps<Finding<WithStatus<S>>>,
): Steps<Status<OrUnknown<S>>> {
  return combine([steps] as const, statusOf<S>);
}

/** The members of an item, or of a part of an item, from which a diff reads the status. */
interface StatedRun extends Run {
  readonly status: string;
}

/**
 * The status of an item and its next change, as a diff compares them. `part`: the aspect of a part of the item; `more`: the other members of the
 * value.
 */
export function statedStatus(run: StatedRun, part?: StatedAspect, more: object = {}): StatedValue[] {
  const { status, possible, because } = run;
  const value = { status, ...(possible && { possible }), ...more };
  return [{ aspect: part ?? 'status', value, because, ...sinceOf(run) }, ...statedNext(run, part)];
}

/**
 * The next change as a diff compares it, under the aspect `next` or `next/<part>`; nothing where no change is known. It rests on the events behind
 * the present value, which ends, and on the events behind the next value.
 */
export function statedNext({ next, because }: Run, part?: string): StatedValue[] {
  if (next === undefined) return [];
  const aspect = part === undefined ? 'next' : (`next/${part}` as const);
  return [{ aspect, value: next, because: union(because, grounds.get(next) ?? []) }];
}

/** The start of a value, where it is known. */
export function sinceOf({
  since,
  sinceEarliest,
}: Pick<StatedValue, 'since' | 'sinceEarliest'>): Pick<StatedValue, 'since' | 'sinceEarliest'> {
  return {
    ...(since !== undefined && { since }),
    ...(sinceEarliest !== undefined && { sinceEarliest }),
  };
}

/** A status without the member `certain` where the status is certain. */
export function briefly<S extends Status>({
  certain,
  ...status
}: S): Omit<S, 'certain'> & { certain?: false } {
  return certain ? status : { ...status, certain };
}
