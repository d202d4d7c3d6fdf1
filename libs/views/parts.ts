import { parseInstant, type Instant } from '#time';
import type { Steps } from '#timeline';
import { likeliest, type Finding } from './finding.js';
import { statusOf, statusRunOf, type StatusRun, type WithStatus } from './status.js';
import type { Subject } from './subject.js';

/** A part of a subject with a status of its own: a group of goods, a phase, a licence. */
export interface Part<V extends WithStatus> {
  readonly id: string;
  readonly run: StatusRun;
  /** What holds, or is the likeliest to; undefined where nothing is said at the instant. */
  readonly value: V | undefined;
  readonly steps: Steps<Finding<V>>;
}

/** The parts something is said of at any time, under the aspects `<kind>/<id>`. */
export function partsOf<V extends WithStatus>(subject: Subject, kind: string, at: Instant): Part<V>[] {
  return subject.aspects(`${kind}/`).map((aspect) => {
    const steps = subject.aspect<V>(aspect);
    return {
      id: aspect.slice(kind.length + 1),
      run: statusRunOf(steps, at),
      value: likeliest(steps.at(at)),
      steps,
    };
  });
}

/** Those something is said of at the instant itself. */
export function presentOf<V extends WithStatus>(
  parts: readonly Part<V>[],
): (Part<V> & { readonly value: V })[] {
  return parts.filter((part): part is Part<V> & { readonly value: V } => part.value !== undefined);
}

/** The next change of a part known at the cut, with its value and what that rests on. */
export function comingOf<V extends WithStatus>({ run, steps }: Part<V>) {
  if (!run.next) return undefined;
  const finding = steps.at(parseInstant(run.next.at));
  return { ...run.next, value: likeliest(finding), because: statusOf(finding).because };
}
