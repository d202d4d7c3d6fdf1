import { allOf, choice, instant, list, object, only, ref, text, texts, truth } from '../docs/schema.js';
import { itemWithStatus, statusOf, type ViewSchemas } from './shared-schema.js';

export const transitSchemas: ViewSchemas = {
  name: 'TransitRoute',
  item: itemWithStatus(
    'transit',
    object(
      { names: ref('Names'), barred: list(ref('GoodsOnRoute')) },
      {
        quota: list(ref('GoodsOnRoute')),
        allowed: list(ref('GoodsOnRoute')),
        scheduled: list(ref('ComingChange'), 'the next known change of goods that are not surely barred now'),
        movements: list(ref('Movement')),
      },
    ),
  ),
  segment: object({ status: statusOf('transit'), value: texts('the groups of goods that are barred') }),
  parts: {
    GoodsOnRoute: allOf(
      ref('Run'),
      object(
        { goods: text('the id of a group of goods'), label: text() },
        {
          hs: texts('codes of the Harmonized System'),
          legalBasis: text(),
          phase: text(),
          basis: text('what the quota is reckoned by'),
          volume: ref('Quantity'),
          unit: text(),
          certain: only(false, 'it may be so; `possible` has what else it may be'),
        },
      ),
    ),
    ComingChange: object(
      {
        goods: text(),
        at: instant('when it has surely come about'),
        status: choice(['barred', 'quota', 'allowed', 'unknown']),
        certain: truth(),
        because: ref('Because'),
      },
      { label: text(), earliest: instant('from when on it may have come about'), possible: texts() },
    ),
    Movement: allOf(ref('Entry'), object({ what: text() }, { quantity: ref('Quantity'), unit: text() })),
  },
};
