import { MOST_WEIGHED, weighable, type Explained, type View } from '#views';
import { Problem } from '../problems/problem.js';
import { badParameter } from '../reading/query.js';

/** Throws Problem `not-found` where nothing was ever recorded, `invalid-parameter` where it is too much to weigh. */
export function assertWeighable(explained: Explained, view: View, id: string): void {
  const found = weighable(explained, view, id);
  if (found === 'weighable') return;
  const name = shown(id);
  if (found === 'nothing') {
    throw new Problem('not-found', `Nothing was ever recorded about ${name} in ${view.name}.`);
  }
  throw badParameter(
    'subject',
    `${name} has more than ${MOST_WEIGHED} effects; no more than that are weighed.`,
  );
}

export function refuseAspect(view: View, id: string, aspect: string): Problem {
  return new Problem(
    'not-found',
    `Nothing was ever recorded about the aspect ${shown(aspect)} of ${shown(id)} in ${view.name}.`,
  );
}

const shown = (text: string): string => text.slice(0, 100);
