import { choice, list, object, ref, text, texts } from '../docs/schema.js';
import { itemWithStatus, segmentWithStatus, type ViewSchemas } from './shared-schema.js';

export const conditionSchemas: ViewSchemas = {
  name: 'Condition',
  item: itemWithStatus(
    'conditions',
    object(
      {
        requirements: list(
          object(
            { id: text() },
            {
              text: text(),
              outcome: choice(['met', 'unmet'], 'how it stood when the condition was settled'),
            },
          ),
        ),
      },
      {
        names: ref('Names'),
        by: text('who sets it; missing, with what follows, where only the outcome is known'),
        to: text('who is to meet it'),
        crossings: texts('the ids of the crossings it is about'),
        promises: text(),
      },
    ),
  ),
  segment: segmentWithStatus('conditions'),
};
