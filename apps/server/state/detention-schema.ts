import { allOf, list, map, object, ref, text, texts, truth } from '../docs/schema.js';
import { itemWithStatus, statusOf, type ViewSchemas } from './shared-schema.js';

export const detentionSchemas: ViewSchemas = {
  name: 'Detention',
  item: itemWithStatus(
    'detentions',
    object(
      {
        claims: list(
          ref('CountClaim'),
          'the latest figure of every claimant in every unit, the newest first; never a sum',
        ),
        range: ref('Spread'),
        ranges: map(ref('Spread'), 'by unit'),
      },
      {
        names: ref('Names'),
        holder: text('the id of who holds them'),
        owners: texts(),
        place: text(),
        what: text(),
        reason: text(),
        note: text(),
        releases: list(ref('PartRelease')),
      },
    ),
  ),
  segment: object({ status: statusOf('detentions'), value: list(ref('Count'), 'the figures') }),
  parts: {
    Count: allOf(
      ref('Voice'),
      object(
        { count: ref('Quantity'), unit: text(), certain: truth('false: one of several things it may say') },
        { what: text(), note: text() },
      ),
    ),
    CountClaim: allOf(ref('Count'), object({ because: ref('Because') })),
    PartRelease: allOf(ref('Entry'), object({ count: ref('Quantity') }, { unit: text(), note: text() })),
  },
};
