import { MOST_WEIGHED, weighable, type ExplanationSource, type View } from '#views';
import { Problem } from '../problems/problem.js';
import { badParameter } from '../reading/query.js';

/** Throws Problem `not-found` where nothing was ever recorded. */
export function assertKnown(source: ExplanationSource, view: View, id: string): void {
  if (weighable(source, view, id) === 'nothing')
    throw new Problem('not-found', `Nothing was ever recorded about ${shown(id)} in ${view.name}.`);
}

/** Throws Problem `not-found`, and `invalid-parameter` where there are too many effects. */
export function assertWeighable(source: ExplanationSource, view: View, id: string): void {
  assertKnown(source, view, id);
  if (weighable(source, view, id) === 'weighable') return;
  throw badParameter(
    'subject',
    `${shown(id)} has more than ${MOST_WEIGHED} effects, the limit of a history.`,
  );
}

export function refuseAspect(view: View, id: string, aspect: string): Problem {
  return new Problem(
    'not-found',
    `Nothing was ever recorded about the aspect ${shown(aspect)} of ${shown(id)} in ${view.name}.`,
  );
}

const shown = (text: string): string => text.slice(0, 100);
