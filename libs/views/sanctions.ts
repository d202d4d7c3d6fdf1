import { parseInstant, type Instant, type InstantText } from '#time';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { union } from './finding.js';
import { ledgerEntriesOf, statedEntries, type LedgerEntry } from './ledger.js';
import { componentsOf, presentOf } from './components.js';
import {
  statedStatus,
  statusPieces,
  RUN_COLUMNS,
  statusRunOf,
  statusFilter,
  UNKNOWN,
  type Status,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { Names, SubjectReader } from './subject.js';
import { instantMembers } from './instant-members.js';
import type { Item, StatedValue, View, WholeNumber } from './view.js';
import { without } from './without.js';

const STATUSES = ['announced', 'inForce', 'expired', 'lifted'] as const;

export type MeasureStatus = (typeof STATUSES)[number] | typeof UNKNOWN;

/** The members that events give a measure; only an adoption names the regime and the issuer. */
interface MeasureTerms {
  /** Missing, like the issuer, where no adoption is known. */
  readonly regime?: string;
  /** The id of the actor who adopted it. */
  readonly issuer?: string;
  readonly legalBasis?: string;
  readonly scope?: string;
  readonly listed?: OnList;
  /** The change that the last renewal made. */
  readonly changes?: string;
}

/** How many are on the list. */
interface OnList {
  readonly individuals?: WholeNumber;
  readonly entities?: WholeNumber;
}

/** The value of the aspect `status`. */
interface MeasureSaid extends MeasureTerms, WithStatus<MeasureStatus> {}

interface PhaseTerms {
  readonly goods?: readonly PhaseGoods[];
  readonly legalBasis?: string;
}

/** The group of goods of a phase. */
interface PhaseGoods {
  readonly id: string;
  readonly label: string;
  /** Codes of the Harmonized System. */
  readonly hs?: readonly string[];
}

interface PhaseSaid extends PhaseTerms, WithStatus<PhaseStatus> {}

interface LicenceSaid extends WithStatus<LicenceStatus> {
  readonly covers: string;
}

interface DecisionSaid extends WithStatus<DecisionStatus> {
  readonly due: { readonly earliest: string; readonly latest: string; readonly text?: string };
}

export type PhaseStatus = 'announced' | 'inForce' | typeof UNKNOWN;
export type LicenceStatus = 'valid' | 'expired' | typeof UNKNOWN;
export type DecisionStatus = 'due' | typeof UNKNOWN;

/** A phase of a measure. */
export interface Phase extends StatusRun<PhaseStatus>, PhaseTerms {
  /** The id of the phase. */
  readonly phase: string;
}

/** A licence: an exception from a measure. */
export interface Licence extends StatusRun<LicenceStatus> {
  /** The id of the licence. */
  readonly licence: string;
  /** The content of the licence. */
  readonly covers: string;
}

/** A decision that must be taken. */
export interface Decision extends StatusRun<DecisionStatus> {
  /** The id of the decision. */
  readonly decision: string;
  /** The latest instant, where it is vague. */
  readonly due: InstantText;
  /** The earliest instant, where it is vague. */
  readonly dueEarliest?: InstantText;
  /** The words of the report for the date. */
  readonly text?: string;
}

/** An addition to the list of a measure. */
export interface Designation extends LedgerEntry {
  /** The orders that added the entries. */
  readonly orders?: readonly string[];
  /** By kind, such as `individuals`. */
  readonly counts: Readonly<Record<string, WholeNumber>>;
  readonly names?: readonly string[];
}

/** A sanctions measure. */
export interface Measure extends Item, StatusRun<MeasureStatus>, MeasureTerms {
  readonly names?: Names;
  readonly phases?: readonly Phase[];
  readonly licences?: readonly Licence[];
  readonly decisions?: readonly Decision[];
  readonly designations?: readonly Designation[];
}

/** Sanctions by measure. Filters: `status`, `regime`, `issuer`. */
export const sanctions: View<Measure, Status<MeasureStatus>> = {
  name: 'sanctions',
  category: 'measure',
  item(subject, at) {
    const run = statusRunOf(subject, (of) => of.aspect<MeasureSaid>('status'), at);
    const adopted = subject.lastPassing<MeasureSaid>('status', at, ({ issuer }) => issuer !== undefined);
    const phases = phasesOf(subject, at);
    const licences = licencesOf(subject, at);
    const decisions = decisionsOf(subject, at);
    const designations = ledgerEntriesOf<Designation>(subject, 'designations', at);
    const parts = { phases, licences, decisions, designations };
    const own = union(run.because, adopted?.because ?? []);
    const all = union(...Object.values(parts).flatMap((list) => list.map((part) => part.because)));
    const because = subject.restsOn(own.length > 0 ? own : all, at);
    if (because.length === 0) return undefined;
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...without(
        { ...adopted?.value, ...subject.lastPassing<MeasureSaid>('status', at, () => true)?.value },
        'status',
      ),
      ...run,
      ...Object.fromEntries(Object.entries(parts).filter(([, list]) => list.length > 0)),
      because,
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<MeasureSaid>('status')),
  stated: (item) => [
    ...statedStatus(item),
    ...statedParts('phase', item.phases, ({ phase }) => phase),
    ...statedParts('licence', item.licences, ({ licence }) => licence),
    ...statedParts('decision', item.decisions, ({ decision }) => decision),
    ...statedEntries(item.designations ?? []),
  ],
  columns: columnsFor<Measure>({
    id: 'text',
    names: NAME_COLUMNS,
    regime: 'text',
    issuer: 'text',
    ...RUN_COLUMNS,
    legalBasis: 'text',
    scope: 'text',
    listed: { individuals: 'text', entities: 'text' },
    changes: 'text',
    phases: 'text',
    licences: 'text',
    decisions: 'text',
    designations: 'text',
    because: 'text',
  }),
  filters: {
    status: statusFilter(STATUSES),
    regime: {
      description: 'the regime, such as `EU restrictive measures, Belarus`',
      passes: (item, wanted) => item.regime === wanted,
    },
    issuer: {
      description: 'the id of the actor who adopted the measure',
      passes: (item, wanted) => item.issuer === wanted,
    },
  },
};

function phasesOf(subject: SubjectReader, at: Instant): Phase[] {
  return presentOf(componentsOf<PhaseSaid>(subject, 'phase', at)).map(({ id, run, value }) => ({
    phase: id,
    ...value,
    ...run,
  }));
}

function licencesOf(subject: SubjectReader, at: Instant): Licence[] {
  return presentOf(componentsOf<LicenceSaid>(subject, 'licence', at)).map(({ id, run, value }) => ({
    licence: id,
    ...value,
    ...run,
  }));
}

function decisionsOf(subject: SubjectReader, at: Instant): Decision[] {
  return presentOf(componentsOf<DecisionSaid>(subject, 'decision', at)).map(
    ({ id, run, value: { due } }) => ({
      decision: id,
      ...run,
      ...instantMembers('due', { earliest: parseInstant(due.earliest), latest: parseInstant(due.latest) }),
      ...(due.text !== undefined && { text: due.text }),
    }),
  );
}

function statedParts<P extends StatusRun>(
  kind: 'phase' | 'licence' | 'decision',
  parts: readonly P[] = [],
  idOf: (part: P) => string,
): StatedValue[] {
  return parts.flatMap((part) => statedStatus(part, `${kind}/${idOf(part)}`));
}
