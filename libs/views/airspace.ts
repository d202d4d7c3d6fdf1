import type { GeoPoint, Quantity } from '#events';
import type { InstantText, Range } from '#time';
import { combine } from '#timeline';
import { columnsFor, LOCATION_COLUMNS, NAME_COLUMNS } from './csv-columns.js';
import { likeliest, union } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry } from './ledger.js';
import {
  briefly,
  statedStatus,
  statusOf,
  statusPieces,
  RUN_COLUMNS,
  statusRunOf,
  statusFilter,
  UNKNOWN,
  type Run,
  type Status,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names } from './subject.js';
import { instantMembers } from './instant-members.js';
import type { Item, View } from './view.js';

const STATUSES = ['closed', 'disrupted'] as const;
const EMERGENCIES = ['declared'] as const;

export type AreaStatus = (typeof STATUSES)[number] | typeof UNKNOWN;
export type EmergencyStatus = (typeof EMERGENCIES)[number] | typeof UNKNOWN;

/** The value of the aspect `status`. */
interface AreaSaid extends WithStatus<AreaStatus> {
  readonly reason?: string;
}

/** The cause of an emergency. */
interface EmergencyGrounds {
  /** The number of hours for which airports were closed. */
  readonly closuresHours?: Quantity;
  readonly flights?: Quantity;
  readonly passengers?: Quantity;
}

/** The value of the aspect `emergency`. */
interface EmergencySaid extends EmergencyGrounds, WithStatus<EmergencyStatus> {}

/** Something that entered an airspace. */
export interface Incursion extends LedgerEntry {
  readonly object: string;
  readonly count?: Quantity;
  /** The id of the actor whose object it is. */
  readonly by?: string;
}

/** A disruption of air traffic. */
export interface Disruption extends LedgerEntry {
  readonly effect: 'closed' | 'delays';
  readonly flights?: Quantity;
  readonly passengers?: Quantity;
  readonly reason?: string;
  /** Its end; the latest instant, where it is vague. */
  readonly until?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly untilEarliest?: InstantText;
}

type DisruptionSaid = Omit<Disruption, 'until' | 'untilEarliest'> & { readonly until?: Range };

/** An emergency. */
export interface Emergency extends Run<EmergencyStatus>, EmergencyGrounds {
  /** `unknown` where it is not certain. */
  readonly status: EmergencyStatus;
  /** `possible` has the possible statuses. */
  readonly certain?: false;
}

/** An airport or an airspace. */
export interface Area extends Item, StatusRun<AreaStatus> {
  readonly names?: Names;
  readonly location?: GeoPoint;
  /** By scheme, such as `icao`. */
  readonly codes?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly emergency?: Emergency;
  readonly incursions: readonly Incursion[];
  readonly disruptions: readonly Disruption[];
}

/** The status of an airport or an airspace, and of an emergency there. */
export interface AreaPiece extends Status<AreaStatus> {
  readonly value?: {
    /** The status, or the list of possible statuses. */
    readonly emergency: EmergencyStatus | readonly EmergencyStatus[];
  };
}

/**
 * Airports and airspaces. No report says that an airport works: without a disruption its status is unknown.
 * Filters: `status`, `area`, `emergency` (a status of the emergency, `declared`).
 */
export const airspace: View<Area, AreaPiece> = {
  name: 'airspace',
  category: 'area',
  item(subject, at) {
    const steps = subject.aspect<AreaSaid>('status');
    const run = statusRunOf(subject, (of) => of.aspect<AreaSaid>('status'), at);
    const emergencies = subject.aspect<EmergencySaid>('emergency');
    const emergency = briefly(statusRunOf(subject, (of) => of.aspect<EmergencySaid>('emergency'), at));
    const incursions = ledgerEntriesOf<Incursion>(subject, 'incursions', at);
    const disruptions = ledgerEntriesOf<DisruptionSaid>(subject, 'disruptions', at).map(
      ({ until, ...entry }) => ({
        ...entry,
        ...(until && instantMembers('until', until)),
      }),
    );
    const said = union(
      run.because,
      emergency.because,
      ...[...incursions, ...disruptions].map(({ because }) => because),
    );
    const because = subject.restsOn(said, at);
    if (because.length === 0) return undefined;
    const { names, location, codes } = subject.registration(at)?.value ?? {};
    const { reason } = likeliest(steps.at(at)) ?? {};
    return {
      id: subject.id,
      ...(names && { names }),
      ...(location !== undefined && { location }),
      ...(codes && { codes }),
      ...run,
      ...(reason !== undefined && { reason }),
      ...(emergency.because.length > 0 && { emergency: { ...likeliest(emergencies.at(at)), ...emergency } }),
      incursions,
      disruptions,
      because,
    };
  },
  timeline(subject) {
    const emergency = subject.aspect<EmergencySaid>('emergency');
    return combine(
      [statusPieces(subject.aspect<AreaSaid>('status')), emergency] as const,
      (piece, declared) => {
        const { because, ...said } = statusOf(declared);
        if (because.length === 0) return piece;
        return {
          ...piece,
          value: { emergency: said.possible ?? said.status },
          certain: piece.certain && said.certain,
          because: union(piece.because, because),
        };
      },
    );
  },
  stated: (item) => [
    ...statedStatus(item),
    ...(item.emergency ? statedStatus(item.emergency, 'emergency') : []),
    ...statedEntries([...item.incursions, ...item.disruptions]),
  ],
  columns: columnsFor<Area>({
    id: 'text',
    names: NAME_COLUMNS,
    ...RUN_COLUMNS,
    reason: 'text',
    emergency: {
      ...RUN_COLUMNS,
      closuresHours: 'text',
      flights: 'text',
      passengers: 'text',
      because: 'text',
    },
    incursions: 'text',
    disruptions: 'text',
    location: LOCATION_COLUMNS,
    codes: 'text',
    because: 'text',
  }),
  filters: {
    status: statusFilter(STATUSES, '; no report says that an airport works'),
    area: {
      description: 'the id of the airport or airspace',
      passes: (item, wanted) => item.id === wanted,
    },
    emergency: {
      description: 'the status of the emergency; `unknown`: it may not be declared yet',
      choices: [...EMERGENCIES, UNKNOWN],
      passes: (item, wanted) => item.emergency?.status === wanted,
    },
  },
};
