import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { likeliest, union } from './finding.js';
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
import type { Names } from './subject.js';
import type { Item, View } from './view.js';
import { without } from './without.js';

const STATUSES = ['pending', 'met', 'abandoned', 'withdrawn'] as const;

export type ConditionStatus = (typeof STATUSES)[number] | typeof UNKNOWN;

/** A condition: the actor who sets it, the actor who must meet it, and its terms. */
interface ConditionTerms {
  /** The id of the actor who sets it. Missing, like all terms, where only the outcome is known. */
  readonly by?: string;
  /** The id of the actor who must meet it. */
  readonly to?: string;
  /** The ids of the crossings of the condition. */
  readonly crossings?: readonly string[];
  readonly promises?: string;
}

/** The value of the aspect `status`. An event that settles a condition does not repeat the terms: its `requirements` have only outcomes. */
interface ConditionSaid extends ConditionTerms, WithStatus<ConditionStatus> {
  readonly requirements?: readonly ListedRequirement[];
}

/** A requirement of a condition. */
interface ListedRequirement {
  readonly id: string;
  readonly text?: string;
  /** Whether it was met when the condition was settled; missing where no event says. */
  readonly outcome?: 'met' | 'unmet';
}

/** A condition that one side sets to the other. */
export interface Condition extends Item, StatusRun<ConditionStatus>, ConditionTerms {
  readonly names?: Names;
  readonly requirements: readonly ListedRequirement[];
}

/** Conditions set for crossings to reopen. Filters: `status`, `by`, `to`, `crossing`. */
export const conditions: View<Condition, Status<ConditionStatus>> = {
  name: 'conditions',
  category: 'condition',
  item(subject, at) {
    const steps = subject.aspect<ConditionSaid>('status');
    const run = statusRunOf(subject, (of) => of.aspect<ConditionSaid>('status'), at);
    const because = subject.restsOn(run.because, at);
    if (because.length === 0) return undefined;
    const set = subject.lastPassing<ConditionSaid>('status', at, ({ promises }) => promises !== undefined);
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...(set?.value && without(set.value, 'status', 'requirements')),
      requirements: withOutcomes(set?.value?.requirements ?? [], likeliest(steps.at(at))?.requirements ?? []),
      ...run,
      because: union(because, set?.because ?? []),
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<ConditionSaid>('status')),
  stated: (item) => [
    ...statedStatus(item),
    ...item.requirements.flatMap(({ id, outcome }) =>
      outcome ? [{ aspect: `requirement/${id}` as const, value: { outcome }, because: item.because }] : [],
    ),
  ],
  columns: columnsFor<Condition>({
    id: 'text',
    names: NAME_COLUMNS,
    by: 'text',
    to: 'text',
    crossings: 'text',
    promises: 'text',
    requirements: 'text',
    ...RUN_COLUMNS,
    because: 'text',
  }),
  filters: {
    status: statusFilter(STATUSES),
    by: {
      description: 'the id of the actor who sets the conditions',
      passes: (item, wanted) => item.by === wanted,
    },
    to: {
      description: 'the id of the actor who must meet them',
      passes: (item, wanted) => item.to === wanted,
    },
    crossing: {
      description: 'the id of a crossing of the conditions',
      passes: (item, wanted) => item.crossings?.includes(wanted) === true,
    },
  },
};

function withOutcomes(
  set: readonly ListedRequirement[],
  settled: readonly ListedRequirement[],
): ListedRequirement[] {
  const known = new Map([...set, ...settled].map(({ id }) => [id, { id }]));
  return [...known.keys()].map(
    (id) =>
      Object.assign(
        { id },
        ...[...set, ...settled].filter((requirement) => requirement.id === id),
      ) as ListedRequirement,
  );
}
