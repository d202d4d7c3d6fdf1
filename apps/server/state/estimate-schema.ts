import { allOf, instant, list, object, ref, text, truth } from '../docs/schema.js';
import type { ViewSchemas } from './shared-schema.js';

export const estimateSchemas: ViewSchemas = {
  name: 'Estimate',
  item: allOf(
    ref('Item'),
    object(
      {
        of: text('what it is a figure of, as the newest has it'),
        figures: list(ref('Estimated'), 'the latest of every claimant, the newest first; never averaged'),
      },
      { names: ref('Names') },
    ),
  ),
  segment: object({
    value: list(
      object({ claimant: text(), quantity: ref('Quantity'), unit: text(), at: instant('what it is for') }),
      'the figures',
    ),
  }),
  parts: {
    Estimated: allOf(
      ref('Attributed'),
      object({ quantity: ref('Quantity'), unit: text(), of: text(), certain: truth() }),
    ),
  },
};
