import { parseInstant, type Instant } from '#time';
import type { Because, Steps } from '#timeline';
import { likeliest, type Finding } from './finding.js';
import {
  statusOf,
  statusRunOf,
  type Next,
  type OrUnknown,
  type StatusRun,
  type WithStatus,
} from './status.js';
import type { SubjectReader } from './subject.js';

/** A part of a subject with a status of its own: a group of goods, a phase, a licence. */
export interface Component<V extends WithStatus> {
  readonly id: string;
  readonly run: StatusRun<OrUnknown<V['status']>>;
  /** The value that holds, or the likeliest of the possible values; undefined where no event gives a value at the instant. */
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
      run: statusRunOf<V['status']>(subject, (of) => of.aspect<V>(aspect), at),
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

/** The next change of a component that is known at the cut, with the value after the change. */
export function upcomingOf<V extends WithStatus>({
  run,
  steps,
}: Component<V>):
  | { readonly next: Next<OrUnknown<V['status']>>; readonly value: V | undefined; readonly because: Because }
  | undefined {
  if (!run.next) return undefined;
  const finding = steps.at(parseInstant(run.next.at));
  return { next: run.next, value: likeliest(finding), because: statusOf(finding).because };
}
