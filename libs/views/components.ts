import { formatInstant, parseInstant, type Instant, type InstantText } from '#time';
import type { Because, Steps } from '#timeline';
import { likeliest, type Finding } from './finding.js';
import { statusOf, statusRunOf, type OrUnknown, type StatusRun, type WithStatus } from './status.js';
import type { SubjectReader } from './subject.js';
import { without } from './without.js';

/** A part of a subject with a status of its own: a group of goods, a phase, a licence. */
export interface Component<V extends WithStatus> {
  readonly id: string;
  readonly run: StatusRun<OrUnknown<V['status']>>;
  /** The value that holds, or the likeliest one; undefined where no event gives a value at the instant. */
  readonly value: V | undefined;
  readonly steps: Steps<Finding<V>>;
}

/** The components that have an event at any time, under the aspects `<kind>/<id>`. */
export function componentsOf<V extends WithStatus>(
  subject: SubjectReader,
  kind: string,
  at: Instant,
): Component<V>[] {
  return subject.aspects(`${kind}/`).map((aspect) => {
    const steps = subject.aspect<V>(aspect);
    return {
      id: aspect.slice(kind.length + 1),
      run: statusRunOf<V['status']>(steps, at),
      value: likeliest(steps.at(at)),
      steps,
    };
  });
}

/** The components that have a value at the instant itself. */
export function presentOf<V extends WithStatus>(
  parts: readonly Component<V>[],
): (Component<V> & { readonly value: V })[] {
  return parts.filter((part): part is Component<V> & { readonly value: V } => part.value !== undefined);
}

/** A known change in the future. */
export interface UpcomingChange<V extends WithStatus> {
  /** The instant by which it has surely happened. */
  readonly at: InstantText;
  /** The first instant at which it may have happened, where that is vague. */
  readonly earliest?: InstantText;
  readonly status: OrUnknown<V['status']>;
  readonly certain: boolean;
  readonly possible?: readonly OrUnknown<V['status']>[];
  readonly value: V | undefined;
  readonly because: Because;
}

/**
 * The next change of a component known at the cut. A stretch in which the change is uncertain is skipped, to the instant
 * from which the change is certain. The answer is uncertain only where the change never becomes certain.
 */
export function upcomingOf<V extends WithStatus>({
  run,
  steps,
}: Component<V>): UpcomingChange<V> | undefined {
  if (!run.next) return undefined;
  const begins = parseInstant(run.next.at);
  let at: Instant | undefined = begins;
  while (at !== undefined && !statusOf(steps.at(at)).certain) at = steps.next(at);
  const settled = at ?? begins;
  const finding = steps.at(settled);
  return {
    at: formatInstant(settled),
    ...(settled > begins && { earliest: run.next.at }),
    ...without(statusOf<V['status']>(finding), 'claimed'),
    value: likeliest(finding),
  };
}
