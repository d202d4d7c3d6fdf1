import { parseInstant, type InstantText } from '#time';
import { columnsFor, NAME_COLUMNS } from './csv-columns.js';
import { union } from './finding.js';
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
import { instantMembers } from './instant-members.js';
import type { Item, View } from './view.js';
import { without } from './without.js';

const STATUSES = ['pending', 'met', 'lapsed', 'withdrawn', 'carriedOut'] as const;

export type WarningStatus = (typeof STATUSES)[number] | typeof UNKNOWN;

/** The content of the threat, and its condition. */
interface WarningTerms {
  /** The id of the actor who issued it. Missing, like all terms, where only the outcome is known. */
  readonly issuer?: string;
  /** The ids of the actors who receive the warning. */
  readonly addressees?: readonly string[];
  readonly demand?: string;
  readonly threat?: string;
  /** Another trigger, besides the demand. */
  readonly condition?: string;
}

/** The value of the aspect `status`; an outcome does not repeat the warning. */
interface WarningSaid extends WarningTerms, WithStatus<WarningStatus> {
  readonly deadline?: { readonly text?: string; readonly earliest?: string; readonly latest?: string };
}

/** A warning or an ultimatum. */
export interface Warning extends Item, StatusRun<WarningStatus>, WarningTerms {
  readonly names?: Names;
  /** The latest instant, where it is vague. */
  readonly issuedAt?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly issuedAtEarliest?: InstantText;
  /** The end of the time to meet the demand; the latest instant, where it is vague; missing where the report gives no time. */
  readonly deadline?: InstantText;
  /** The earliest instant, where it is vague. */
  readonly deadlineEarliest?: InstantText;
  /** The words of the report for the deadline. */
  readonly deadlineText?: string;
}

/** Warnings. Filters: `status`, `issuer`, `addressee`. */
export const warnings: View<Warning, Status<WarningStatus>> = {
  name: 'warnings',
  category: 'warning',
  item(subject, at) {
    const run = statusRunOf(subject, (of) => of.aspect<WarningSaid>('status'), at);
    const because = subject.restsOn(run.because, at);
    if (because.length === 0) return undefined;
    const issued = subject.lastPassing<WarningSaid>('status', at, ({ threat }) => threat !== undefined);
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...(issued?.value && aboutOf(issued.value)),
      ...(issued?.from && instantMembers('issuedAt', issued.from)),
      ...run,
      because: union(because, issued?.because ?? []),
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<WarningSaid>('status')),
  stated: (item) => statedStatus(item),
  columns: columnsFor<Warning>({
    id: 'text',
    names: NAME_COLUMNS,
    issuer: 'text',
    addressees: 'text',
    demand: 'text',
    threat: 'text',
    condition: 'text',
    issuedAt: 'text',
    issuedAtEarliest: 'text',
    deadline: 'text',
    deadlineEarliest: 'text',
    deadlineText: 'text',
    ...RUN_COLUMNS,
    because: 'text',
  }),
  filters: {
    status: statusFilter(STATUSES),
    issuer: {
      description: 'the id of the actor who issued it',
      passes: (item, wanted) => item.issuer === wanted,
    },
    addressee: {
      description: 'the id of an actor to whom it is addressed',
      passes: (item, wanted) => item.addressees?.includes(wanted) === true,
    },
  },
};

function aboutOf(value: WarningSaid) {
  const { earliest, latest, text } = value.deadline ?? {};
  return {
    ...without(value, 'status', 'deadline'),
    ...(earliest !== undefined &&
      latest !== undefined &&
      instantMembers('deadline', { earliest: parseInstant(earliest), latest: parseInstant(latest) })),
    ...(text !== undefined && { deadlineText: text }),
  };
}
