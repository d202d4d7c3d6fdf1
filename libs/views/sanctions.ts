import type { Instant } from '#time';
import type { Quantity } from './figures.js';
import { lastSaid, union } from './finding.js';
import { entriesOf, statedEntries, type Entry } from './ledger.js';
import { partsOf, presentOf } from './parts.js';
import {
  statedStatus,
  statusPieces,
  statusRunOf,
  UNKNOWN,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names, Subject } from './subject.js';
import type { Item, StatedValue, View } from './view.js';
import { without } from './without.js';

/** The value of the aspect `status`; only an adoption names regime and issuer. */
interface MeasureStatus {
  readonly status: 'announced' | 'inForce' | 'expired' | 'lifted';
  readonly regime?: string;
  readonly issuer?: string;
  readonly legalBasis?: string;
  readonly scope?: string;
  readonly listed?: { readonly individuals?: number; readonly entities?: number };
  readonly changes?: string;
}

interface PhaseStatus extends WithStatus {
  readonly goods?: readonly {
    readonly id: string;
    readonly label: string;
    readonly hs?: readonly string[];
  }[];
  readonly legalBasis?: string;
}

interface LicenceStatus extends WithStatus {
  readonly covers: string;
}

interface DecisionStatus extends WithStatus {
  readonly due: { readonly earliest: string; readonly latest: string; readonly text?: string };
}

export interface Phase extends StatusRun, Omit<PhaseStatus, 'status'> {
  readonly phase: string;
}

export interface Licence extends StatusRun, Omit<LicenceStatus, 'status'> {
  readonly licence: string;
}

/** A decision that is due; `due` is its latest instant, `earliest` is there where it is vague. */
export interface Decision extends StatusRun {
  readonly decision: string;
  readonly due: string;
  readonly earliest?: string;
  readonly text?: string;
}

export interface Designation {
  readonly orders?: readonly string[];
  readonly counts: Readonly<Record<string, Quantity['value']>>;
  readonly names?: readonly string[];
}

export interface Measure extends Item, StatusRun {
  readonly names?: Names;
  /** Missing, like the issuer, where no adoption is known. */
  readonly regime?: string;
  readonly issuer?: string;
  readonly legalBasis?: string;
  readonly scope?: string;
  readonly listed?: { readonly individuals?: number; readonly entities?: number };
  readonly changes?: string;
  readonly phases?: readonly Phase[];
  readonly licences?: readonly Licence[];
  readonly decisions?: readonly Decision[];
  readonly designations?: readonly Entry<Designation>[];
}

/** Sanctions by measure. Filters: `status`, `regime`, `issuer`. */
export const sanctions: View<Measure> = {
  name: 'sanctions',
  category: 'measure',
  item(subject, at) {
    const steps = subject.aspect<MeasureStatus>('status');
    const run = statusRunOf(steps, at);
    const adopted = lastSaid(steps, at, ({ issuer }) => issuer !== undefined);
    const phases = phasesOf(subject, at);
    const licences = licencesOf(subject, at);
    const decisions = decisionsOf(subject, at);
    const designations = entriesOf<Designation>(subject, 'designations', at);
    const parts = { phases, licences, decisions, designations };
    const because = union(run.because, adopted?.because ?? []);
    const all = union(...Object.values(parts).flatMap((list) => list.map((part) => part.because)));
    if (because.length === 0 && all.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...without({ ...adopted?.value, ...lastSaid(steps, at, () => true)?.value }, 'status'),
      ...run,
      ...Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0)),
      because: because.length > 0 ? because : all,
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<MeasureStatus>('status')),
  stated: (item) => [
    statedStatus(item),
    ...statedParts('phase', item.phases, ({ phase }) => phase),
    ...statedParts('licence', item.licences, ({ licence }) => licence),
    ...statedParts('decision', item.decisions, ({ decision }) => decision),
    ...statedEntries(item.designations ?? []),
  ],
  filters: {
    status: {
      description: 'the status as of `asOf`',
      choices: ['announced', 'inForce', 'expired', 'lifted', UNKNOWN],
      passes: (item, wanted) => item.status === wanted,
    },
    regime: {
      description: 'the regime, such as `EU restrictive measures, Belarus`',
      passes: (item, wanted) => item.regime === wanted,
    },
    issuer: {
      description: 'the id of who adopted the measure',
      passes: (item, wanted) => item.issuer === wanted,
    },
  },
};

function phasesOf(subject: Subject, at: Instant): Phase[] {
  return presentOf(partsOf<PhaseStatus>(subject, 'phase', at)).map(({ id, run, value }) => ({
    phase: id,
    ...value,
    ...run,
  }));
}

function licencesOf(subject: Subject, at: Instant): Licence[] {
  return presentOf(partsOf<LicenceStatus>(subject, 'licence', at)).map(({ id, run, value }) => ({
    licence: id,
    ...value,
    ...run,
  }));
}

function decisionsOf(subject: Subject, at: Instant): Decision[] {
  return presentOf(partsOf<DecisionStatus>(subject, 'decision', at)).map(({ id, run, value: { due } }) => ({
    decision: id,
    ...run,
    due: due.latest,
    ...(due.earliest !== due.latest && { earliest: due.earliest }),
    ...(due.text !== undefined && { text: due.text }),
  }));
}

function statedParts<P extends StatusRun>(
  kind: string,
  parts: readonly P[] = [],
  idOf: (part: P) => string,
): StatedValue[] {
  return parts.map((part) => ({
    ...statedStatus({ id: idOf(part), ...part }),
    aspect: `${kind}/${idOf(part)}`,
  }));
}
