import { formatInstant } from '#time';
import { lastSaid, union } from './finding.js';
import { statedStatus, statusPieces, statusRunOf, UNKNOWN, type StatusRun } from './status.js';
import type { Names } from './subject.js';
import type { Item, View } from './view.js';
import { without } from './without.js';

/** The value of the aspect `status`; an outcome does not repeat the warning. */
interface WarningStatus {
  readonly status: 'pending' | 'met' | 'lapsed' | 'withdrawn' | 'carriedOut';
  readonly issuer?: string;
  readonly addressees?: readonly string[];
  readonly demand?: string;
  readonly threat?: string;
  readonly deadline?: { readonly text?: string; readonly latest?: string };
  readonly condition?: string;
}

export interface Warning extends Item, StatusRun {
  readonly names?: Names;
  /** Missing, with what follows, where only the outcome is known. */
  readonly issuer?: string;
  readonly addressees?: readonly string[];
  readonly demand?: string;
  readonly threat?: string;
  /** What would set it off, besides the demand. */
  readonly condition?: string;
  /** The latest instant, where it is vague. */
  readonly issuedAt?: string;
  /** The last instant by which the demand may be met; missing where the report fixes none. */
  readonly deadline?: string;
  /** The report's own words for the deadline. */
  readonly deadlineText?: string;
}

/** Warnings. Filters: `status`, `issuer`, `addressee`. */
export const warnings: View<Warning> = {
  name: 'warnings',
  category: 'warning',
  item(subject, at) {
    const steps = subject.aspect<WarningStatus>('status');
    const run = statusRunOf(steps, at);
    if (run.because.length === 0) return undefined;
    const issued = lastSaid(steps, at, ({ threat }) => threat !== undefined);
    const names = subject.registration(at)?.value?.names;
    return {
      id: subject.id,
      ...(names && { names }),
      ...(issued?.value && aboutOf(issued.value)),
      ...(issued?.from && { issuedAt: formatInstant(issued.from.latest) }),
      ...run,
      because: union(run.because, issued?.because ?? []),
    };
  },
  timeline: (subject) => statusPieces(subject.aspect<WarningStatus>('status')),
  stated: (item) => [statedStatus(item)],
  filters: {
    status: {
      description: 'the status as of `asOf`',
      choices: ['pending', 'met', 'lapsed', 'withdrawn', 'carriedOut', UNKNOWN],
      passes: (item, wanted) => item.status === wanted,
    },
    issuer: {
      description: 'the id of who issued it',
      passes: (item, wanted) => item.issuer === wanted,
    },
    addressee: {
      description: 'the id of whom it is addressed to',
      passes: (item, wanted) => item.addressees?.includes(wanted) === true,
    },
  },
};

function aboutOf(value: WarningStatus) {
  const { latest, text } = value.deadline ?? {};
  return {
    ...without(value, 'status', 'deadline'),
    ...(latest !== undefined && { deadline: latest }),
    ...(text !== undefined && { deadlineText: text }),
  };
}
