import { allOf, choice, list, object, ref, text, whole } from '../docs/schema.js';
import { choicesOf, type ViewSchemas } from './shared-schema.js';

export const topicSchemas: ViewSchemas = {
  name: 'Topic',
  item: allOf(
    ref('Item'),
    object({ statements: list(ref('Statement'), 'the oldest first') }, { names: ref('Names') }),
  ),
  segment: object({ value: whole('how many there are') }),
  parts: {
    Statement: allOf(
      ref('Entry'),
      object({
        speaker: text('the id of who said it'),
        kind: choice(choicesOf('statements', 'kind')),
        says: text('in own words'),
      }),
    ),
  },
};
