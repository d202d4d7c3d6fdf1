import { STANDINGS } from '#events';
import { allOf, choice, instant, list, object, only, ref, text, texts, truth } from '../docs/schema.js';
import { choicesOf, type ViewSchemas } from './shared-schema.js';

const verdict = choice(choicesOf('claims', 'verdict'));

export const claimSchemas: ViewSchemas = {
  name: 'Claim',
  item: allOf(
    ref('Item'),
    object(
      { proposition: text(), verdict, certain: truth(), stances: list(ref('StanceTaken')) },
      { names: ref('Names'), possible: list(verdict, 'every verdict that it may have') },
    ),
  ),
  segment: object({ value: verdict }),
  parts: {
    StanceTaken: object(
      {
        claimant: text('the id of who takes it'),
        stance: choice(['asserts', 'denies']),
        since: instant('the latest instant, where it is vague'),
        standing: choice(STANDINGS),
        reliability: ref('Reliability'),
        because: ref('Because'),
      },
      {
        certain: only(false, 'the claimant may also take another stance, or none'),
        possible: texts('what it may take; `unknown`: none'),
      },
    ),
  },
};
