import { likeliest, lastSaid, union } from './finding.js';
import { statedStatus, statusPieces, statusRunOf, UNKNOWN, type StatusRun } from './status.js';
import type { Names } from './subject.js';
import type { Item, View } from './view.js';
import { without } from './without.js';

/** The value of the aspect `status`; what settles a condition does not repeat it, and gives outcomes as requirements. */
interface ConditionStatus {
  readonly status: 'pending' | 'met' | 'abandoned' | 'withdrawn';
  readonly crossings?: readonly string[];
  readonly by?: string;
  readonly to?: string;
  readonly requirements?: readonly Requirement[];
  readonly promises?: string;
}

export interface Requirement {
  readonly id: string;
  readonly text?: string;
  /** How it stood when the condition was settled; missing where that is not said. */
  readonly outcome?: 'met' | 'unmet';
}

export interface Condition extends Item, StatusRun {
  readonly names?: Names;
  /** Missing, with what follows, where only the outcome is known. */
  readonly by?: string;
  readonly to?: string;
  readonly crossings?: readonly string[];
  readonly promises?: string;
  readonly requirements: readonly Requirement[];
}

/** Conditions set for crossings to reopen. Filters: `status`, `by`, `to`, `crossing`. */
export const conditions: View<Condition> = {
  name: 'conditions',
  category: 'condition',
  item(subject, at) {
    const steps = subject.aspect<ConditionStatus>('status');
    const run = statusRunOf(steps, at);
    if (run.because.length === 0) return undefined;
    const set = lastSaid(steps, at, ({ promises }) => promises !== undefined);
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...(set?.value && without(set.value, 'status', 'requirements')),
      requirements: withOutcomes(set?.value?.requirements ?? [], likeliest(steps.at(at))?.requirements ?? []),
      ...run,
      because: union(run.because, set?.because ?? []),
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<ConditionStatus>('status')),
  stated: (item) => [
    statedStatus(item),
    ...item.requirements.flatMap(({ id, outcome }) =>
      outcome ? [{ aspect: `requirement/${id}`, value: { outcome }, because: item.because }] : [],
    ),
  ],
  filters: {
    status: {
      description: 'the status as of `asOf`',
      choices: ['pending', 'met', 'abandoned', 'withdrawn', UNKNOWN],
      passes: (item, wanted) => item.status === wanted,
    },
    by: {
      description: 'the id of who sets the conditions',
      passes: (item, wanted) => item.by === wanted,
    },
    to: {
      description: 'the id of whom they are set to',
      passes: (item, wanted) => item.to === wanted,
    },
    crossing: {
      description: 'the id of a crossing they are about',
      passes: (item, wanted) => item.crossings?.includes(wanted) === true,
    },
  },
};

function withOutcomes(set: readonly Requirement[], settled: readonly Requirement[]): Requirement[] {
  const known = new Map([...set, ...settled].map(({ id }) => [id, { id }]));
  return [...known.keys()].map(
    (id) =>
      Object.assign(
        { id },
        ...[...set, ...settled].filter((requirement) => requirement.id === id),
      ) as Requirement,
  );
}
