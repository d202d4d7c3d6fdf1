import { formatInstant, type Range } from '#time';
import { combine } from '#timeline';
import type { Quantity } from './figures.js';
import { likeliest, union } from './finding.js';
import { entriesOf, statedEntries, type Entry } from './ledger.js';
import {
  briefly,
  statedStatus,
  statusOf,
  statusPieces,
  statusRunOf,
  UNKNOWN,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names } from './subject.js';
import type { Item, View } from './view.js';

/** The value of the aspect `status`. */
interface AreaStatus {
  readonly status: 'closed' | 'disrupted';
  readonly reason?: string;
}

/** The value of the aspect `emergency`. */
interface EmergencyStatus extends WithStatus {
  readonly closuresHours?: Quantity;
  readonly flights?: Quantity;
  readonly passengers?: Quantity;
}

export interface Incursion {
  readonly object: string;
  readonly count?: Quantity;
  readonly by?: string;
}

export interface Disruption {
  readonly effect: 'closed' | 'delays';
  readonly flights?: Quantity;
  readonly passengers?: Quantity;
  readonly reason?: string;
  /** Its end; the latest instant, where it is vague. */
  readonly until?: string;
}

type DisruptionStated = Omit<Disruption, 'until'> & { readonly until?: Range };

export type Emergency = Omit<StatusRun, 'certain'> &
  Omit<EmergencyStatus, 'status'> & { readonly certain?: false };

export interface Area extends Item, StatusRun {
  readonly names?: Names;
  readonly location?: unknown;
  readonly codes?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly emergency?: Emergency;
  readonly incursions: readonly Entry<Incursion>[];
  readonly disruptions: readonly Entry<Disruption>[];
}

/**
 * Airports and airspaces. Nobody reports that an airport works: without a disruption its status is unknown.
 * Filters: `status`, `area`, `emergency` (a status of the emergency, `declared`).
 */
export const airspace: View<Area> = {
  name: 'airspace',
  category: 'area',
  item(subject, at) {
    const steps = subject.aspect<AreaStatus>('status');
    const run = statusRunOf(steps, at);
    const emergencies = subject.aspect<EmergencyStatus>('emergency');
    const emergency = briefly(statusRunOf(emergencies, at));
    const incursions = entriesOf<Incursion>(subject, 'incursions', at);
    const disruptions = entriesOf<DisruptionStated>(subject, 'disruptions', at).map(
      ({ until, ...entry }) => ({
        ...entry,
        ...(until && { until: formatInstant(until.latest) }),
      }),
    );
    const because = union(
      run.because,
      emergency.because,
      ...[...incursions, ...disruptions].map(({ because }) => because),
    );
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
    const emergency = subject.aspect<EmergencyStatus>('emergency');
    return combine(
      [statusPieces(subject.aspect<AreaStatus>('status')), emergency] as const,
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
    statedStatus(item),
    ...(item.emergency
      ? [{ aspect: 'emergency', value: { status: item.emergency.status }, because: item.emergency.because }]
      : []),
    ...statedEntries([...item.incursions, ...item.disruptions]),
  ],
  filters: {
    status: {
      description: 'the status as of `asOf`; nobody reports that an airport works',
      choices: ['closed', 'disrupted', UNKNOWN],
      passes: (item, wanted) => item.status === wanted,
    },
    area: {
      description: 'the id of the airport or airspace',
      passes: (item, wanted) => item.id === wanted,
    },
    emergency: {
      description: 'the status of the emergency; `unknown`: it may not be declared yet',
      choices: ['declared', UNKNOWN],
      passes: (item, wanted) => item.emergency?.status === wanted,
    },
  },
};
