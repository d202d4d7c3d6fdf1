import { allOf, choice, list, map, object, only, ref, text, texts } from '../docs/schema.js';
import type { ViewSchemas } from './shared-schema.js';

const stance = choice(['offers', 'refuses', 'unknown']);

export const talksSchemas: ViewSchemas = {
  name: 'Talks',
  item: allOf(
    ref('Item'),
    object(
      {
        parties: texts('the ids of all who took part, offered, refused, or were addressed'),
        ledger: list(ref('TalksEntry')),
        stance: map(ref('PositionTaken'), 'by actor'),
      },
      { names: ref('Names') },
    ),
  ),
  segment: object({
    value: map({ oneOf: [stance, list(stance, 'what it may be')] }, 'the stance, by actor'),
  }),
  parts: {
    TalksEntry: allOf(
      ref('Entry'),
      object(
        { kind: choice(['offered', 'refused', 'meeting', 'visit', 'call', 'agreement', 'channel']) },
        {
          by: text(),
          to: text(),
          parties: texts(),
          level: text(),
          subject: text(),
          reason: text(),
          place: text(),
          outcome: text(),
          channels: ref('Quantity'),
          note: text(),
        },
      ),
    ),
    PositionTaken: allOf(
      ref('Run'),
      object(
        { stance },
        { level: text(), reason: text(), certain: only(false, '`possible` has what it may be') },
      ),
    ),
  },
};
