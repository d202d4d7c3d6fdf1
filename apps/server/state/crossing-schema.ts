import { list, map, object, ref, text, texts, choice, truth } from '../docs/schema.js';
import { choicesOf, itemWithStatus, segmentWithStatus, type ViewSchemas } from './shared-schema.js';

export const crossingSchemas: ViewSchemas = {
  name: 'Crossing',
  item: itemWithStatus(
    'crossings',
    object(
      {
        names: ref('Names'),
        modes: list(
          choice(choicesOf('crossings', 'mode')),
          'those it is registered for; of an unregistered one those that something was said about',
        ),
        codes: map(text(), 'by scheme, such as `unlocode`'),
      },
      {
        border: text('the two countries', { pattern: '^[A-Z]{2}-[A-Z]{2}$' }),
        location: ref('GeoPoint'),
        approximate: truth('the location is of the nearest place'),
        farSide: ref('Names'),
        authority: text('who opened, limited or shut it'),
        reason: text(),
        exemptions: texts('who or what may still cross'),
        barred: texts('who or what may not'),
        conditions: texts(),
        byMode: map(
          ref('StatusRun'),
          'where the modes differ, or others than those registered have a status',
        ),
      },
    ),
  ),
  segment: segmentWithStatus('crossings'),
};
