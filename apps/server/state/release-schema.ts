import { allOf, list, object, ref, text, texts, truth } from '../docs/schema.js';
import type { ViewSchemas } from './shared-schema.js';

export const releaseSchemas: ViewSchemas = {
  name: 'Release',
  item: allOf(
    ref('Item'),
    object(
      {
        by: texts('the ids of who set them free'),
        claims: list(
          ref('ReleaseClaim'),
          'the latest figure of every claimant, the newest first; never a sum',
        ),
        range: ref('Spread'),
        releases: list(ref('ReleaseEntry')),
      },
      { names: ref('Names'), mediators: texts('the ids of who mediated') },
    ),
  ),
  segment: object({ value: list(ref('ReleaseCount'), 'the figures') }),
  parts: {
    ReleaseCount: allOf(ref('Voice'), object({ count: ref('Quantity'), who: text(), certain: truth() })),
    ReleaseClaim: allOf(ref('ReleaseCount'), object({ because: ref('Because') })),
    ReleaseEntry: allOf(
      ref('Entry'),
      object({ by: text(), released: ref('Quantity'), who: text() }, { mediator: text() }),
    ),
  },
};
