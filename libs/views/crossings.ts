import { MODES, type GeoPoint, type Mode } from '#events';
import { EARLIEST, type Instant } from '#time';
import { combine, switched, type Steps } from '#timeline';
import { boxIn, isIn, squareOf, squaresIn } from './box.js';
import { columnsFor, LOCATION_COLUMNS, NAME_COLUMNS } from './csv-columns.js';
import { bothOf, union, type Finding, type Outcome } from './finding.js';
import { everyPair } from './pairs.js';
import {
  RUN_COLUMNS,
  statedStatus,
  statusOf,
  statusPieces,
  statusRunOf,
  statusFilter,
  UNKNOWN,
  type Status,
  type StatusRun,
} from './status.js';
import { type Names, type Registration, type SubjectReader } from './subject.js';
import { ANY, isMode, trafficAt, trafficOf, type Traffic } from './traffic.js';
import type { Item, View } from './view.js';

const STATUSES = ['open', 'restricted', 'closed'] as const;

export type CrossingStatus = (typeof STATUSES)[number] | typeof UNKNOWN;

/** The value of the aspects `status/<side>/<mode>`. An answer has such a value for a crossing or for one mode of traffic. */
interface Passability {
  readonly status: CrossingStatus;
  readonly authority?: string;
  readonly reason?: string;
  readonly exemptions?: readonly string[];
  readonly barred?: readonly string[];
  readonly conditions?: readonly string[];
}

/** A border crossing. */
export interface Crossing extends Item, StatusRun<CrossingStatus> {
  readonly names: Names;
  /**
   * The two countries. Missing, like the location, where no registration is known.
   * @pattern ^[A-Z]{2}-[A-Z]{2}$
   */
  readonly border?: string;
  /** The registered modes; of an unregistered crossing, the modes that events name. */
  readonly modes: readonly Mode[];
  readonly location?: GeoPoint;
  /** The location is the location of the nearest place. */
  readonly approximate?: boolean;
  /** By scheme, such as `unlocode`. */
  readonly codes: Readonly<Record<string, string>>;
  /** The names of the place on the other side. */
  readonly farSide?: Names;
  /** The actor that opened, limited or closed it. */
  readonly authority?: string;
  readonly reason?: string;
  /** The travellers or goods that may still cross. */
  readonly exemptions?: readonly string[];
  /** The travellers or goods that may not cross. */
  readonly barred?: readonly string[];
  readonly conditions?: readonly string[];
  /** The status of each mode, where the modes differ or a mode that is not registered has a status. */
  readonly byMode?: Readonly<Record<string, ModeStatus>>;
}

/** The status of a crossing for one mode of traffic. */
export interface ModeStatus extends StatusRun<CrossingStatus> {}

/**
 * Crossings. Each side is an aspect: each country opens and closes its own side. Traffic can pass if both sides are open. The status of a crossing is
 * the status of its registered modes; a ban on other modes (pedestrians at a road crossing) is shown in `byMode`.
 */
export const crossings: View<Crossing, Status<CrossingStatus>> = {
  name: 'crossings',
  category: 'crossing',
  item(subject, at) {
    const registered = subject.registration(at)?.value;
    const traffic = trafficOf(subject, registered);
    const steps = passabilityOverTime(subject);
    const run = statusRunOf(subject, passabilityOverTime, at);
    const byMode = statusByMode(subject, traffic, at);
    const said = byMode ? union(...Object.values(byMode).map((mode) => mode.because)) : [];
    const because = subject.restsOn(run.because.length > 0 ? run.because : said, at);
    if (because.length === 0) return undefined;
    const { status: _, ...details } = certainValue(steps.at(at)) ?? { status: UNKNOWN };
    return {
      id: subject.id,
      ...registeredAs(registered),
      modes: traffic.own.filter(isMode),
      ...run,
      ...details,
      ...(byMode && { byMode }),
      because,
    };
  },
  status: (subject, at) => statusOf(passability(subject, trafficAt(subject, at)).at(at)).status,
  merges(subject, at) {
    const { own, others, aspects } = trafficAt(subject, at);
    return [...own, ...others].flatMap((mode) => aspects.get(mode) ?? []);
  },
  timeline(subject) {
    return statusPieces(passabilityOverTime(subject));
  },
  stated: (item) => [
    ...statedStatus(item, undefined, item.exemptions && { exemptions: item.exemptions }),
    ...Object.entries(item.byMode ?? {}).flatMap(([mode, run]) => {
      const because = run.because.length > 0 ? run.because : item.because;
      return statedStatus({ ...run, because }, `status/${mode}`);
    }),
  ],
  columns: columnsFor<Crossing>({
    id: 'text',
    names: NAME_COLUMNS,
    border: 'text',
    modes: 'text',
    ...RUN_COLUMNS,
    authority: 'text',
    reason: 'text',
    exemptions: 'text',
    barred: 'text',
    conditions: 'text',
    byMode: { named: modeColumns() },
    location: LOCATION_COLUMNS,
    approximate: 'text',
    codes: 'text',
    farSide: 'text',
    because: 'text',
  }),
  marks: ({ registrations, aspects }) => [
    ...(registrations as readonly Registration[]).flatMap(({ crossing, location }) => [
      ...(crossing ? [`border ${crossing.border}`, ...crossing.modes.map((mode) => `mode ${mode}`)] : []),
      ...(location ? [`square ${squareOf(location)}`] : []),
    ]),
    ...aspects.flatMap((aspect) => {
      const [kind, , mode] = aspect.split('/');
      return kind === 'status' && mode !== undefined ? [`mode ${mode}`] : [];
    }),
  ],
  filters: {
    bbox: {
      description:
        'a box `west,south,east,north` in degrees (RFC 7946 §5): only crossings whose place is in it. Where west is greater than east, it crosses the antimeridian.',
      fault(wanted) {
        const box = boxIn(wanted);
        return 'fault' in box ? box.fault : undefined;
      },
      marks(wanted) {
        const box = boxIn(wanted);
        return 'fault' in box ? [] : squaresIn(box)?.map((square) => `square ${square}`);
      },
      passes({ location }, wanted) {
        const box = boxIn(wanted);
        return location !== undefined && !('fault' in box) && isIn(location, box);
      },
    },
    border: {
      description: 'the two countries, such as `LT-BY`',
      marks: (wanted) => [`border ${wanted}`],
      passes: (item, wanted) => item.border === wanted,
    },
    mode: {
      description: 'a mode of traffic that it is registered for, or that a report names',
      choices: MODES,
      marks: (wanted) => [`mode ${wanted}`],
      passes: (item, wanted) =>
        item.modes.some((mode) => mode === wanted) || item.byMode?.[wanted] !== undefined,
    },
    status: statusFilter(STATUSES, '; `unknown` also where it is uncertain'),
  },
};

type ByMode = Readonly<Record<string, ModeStatus>>;

/** The columns of `byMode`: the status of each mode, and all members of the modes as a list of parts. */
function modeColumns(): Readonly<Record<string, (byMode: ByMode) => unknown>> {
  const statuses = MODES.map((mode) => [`byMode.${mode}`, (byMode: ByMode) => byMode[mode]?.status] as const);
  return {
    ...Object.fromEntries(statuses),
    byMode: (byMode) => Object.entries(byMode).map(([mode, run]) => ({ mode, ...run })),
  };
}

function registeredAs(
  registered: Registration | undefined,
): Pick<Crossing, 'names' | 'codes'> & Partial<Crossing> {
  const { crossing, names = {}, location, approximate, codes = {} } = registered ?? {};
  return {
    names,
    ...(crossing && { border: crossing.border }),
    ...(crossing?.farSide && { farSide: crossing.farSide }),
    ...(location !== undefined && { location }),
    ...(approximate !== undefined && { approximate }),
    codes,
  };
}

const passabilityOverTime = (subject: SubjectReader): Steps<Finding<Passability>> =>
  asRegistered(subject, 'passable', passability);

/**
 * The passability at each instant, by the modes and sides that are registered at that instant. `key`: the name under which the result of `by` is
 * remembered.
 */
function asRegistered(
  subject: SubjectReader,
  key: string,
  by: (subject: SubjectReader, traffic: Traffic) => Steps<Finding<Passability>>,
): Steps<Finding<Passability>> {
  const registration = subject.aspect<Registration>('registration');
  if (registration.next(EARLIEST) === undefined) return by(subject, trafficAt(subject, EARLIEST));
  return subject.remembered(`${key} as registered`, () =>
    switched(registration, (v) => by(subject, trafficAt(subject, v))),
  );
}

function passability(subject: SubjectReader, traffic: Traffic): Steps<Finding<Passability>> {
  const [only, ...others] = traffic.own;
  if (only !== undefined && others.length === 0) return passabilityBy(only, subject, traffic);
  return together([...new Set(traffic.own.map((mode) => passabilityBy(mode, subject, traffic)))]);
}

function passabilityBy(
  mode: string,
  subject: SubjectReader,
  { sides, aspects, undistinguished }: Traffic,
): Steps<Finding<Passability>> {
  const bySide = aspects.get(mode) ?? [];
  const [only] = bySide;
  if (only && bySide.length === 1) return subject.aspect<Passability>(...only);
  // One mode represents all modes that no report distinguishes: their uncertainty is the same.
  const said = undistinguished.has(mode) ? ANY : mode;
  return subject.remembered(`passable by ${said} between ${sides.join()}`, () =>
    worst([...new Set(bySide.map((names) => subject.aspect<Passability>(...names)))]),
  );
}

const passabilityOfMode = (mode: string, subject: SubjectReader): Steps<Finding<Passability>> =>
  asRegistered(subject, `passable by ${mode}`, (of, traffic) => passabilityBy(mode, of, traffic));

function statusByMode(
  subject: SubjectReader,
  traffic: Traffic,
  at: Instant,
): Record<string, ModeStatus> | undefined {
  const { own, others } = traffic;
  if (own.length === 1 && others.length === 0) return undefined;
  const modes = [...own.filter(isMode), ...others];
  const runs = modes.map(
    (mode) => [mode, statusRunOf(subject, (of) => passabilityOfMode(mode, of), at)] as const,
  );
  const shown = runs.filter(([mode, run]) => own.includes(mode) || run.because.length > 0);
  const differs = own.length > 1 || shown.some(([mode]) => !own.includes(mode));
  return differs ? Object.fromEntries(shown) : undefined;
}

const SEVERITY: readonly CrossingStatus[] = ['open', UNKNOWN, 'restricted', 'closed'];

/** Both sides must let traffic pass: the worse side decides, and the answer rests on the events of that side. */
function worst(sides: readonly Steps<Finding<Passability>>[]): Steps<Finding<Passability>> {
  return pairwise(sides, (a, b) => {
    const difference = severity(a) - severity(b);
    if (difference !== 0) return difference > 0 ? a : b;
    return bothOf(a, b);
  });
}

/**
 * The value of all modes together: the value of the modes where they have the same status; no value where one of them has none; otherwise
 * `restricted`.
 */
function together(modes: readonly Steps<Finding<Passability>>[]): Steps<Finding<Passability>> {
  return pairwise(modes, (a, b) => {
    const because = union(a.because, b.because);
    if (severity(a) === severity(b)) return { ...a, because };
    if (!a.value || !b.value) return { value: undefined, because, claimed: false };
    return { value: { status: 'restricted' }, because, claimed: a.claimed || b.claimed };
  });
}

function severity({ value }: Outcome<Passability>): number {
  return SEVERITY.indexOf(value?.status ?? UNKNOWN);
}

/** Joins every combination of the possible values of the parts. */
function pairwise(
  parts: readonly Steps<Finding<Passability>>[],
  join: (a: Outcome<Passability>, b: Outcome<Passability>) => Outcome<Passability>,
): Steps<Finding<Passability>> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return combine(parts, (...findings: readonly Finding<Passability>[]) =>
    findings.reduce((a, b) => ({ outcomes: everyPair(a.outcomes, b.outcomes, severity, join) })),
  );
}

function certainValue({ outcomes }: Finding<Passability>): Passability | undefined {
  return new Set(outcomes.map(({ value }) => value?.status)).size === 1 ? outcomes[0]?.value : undefined;
}
