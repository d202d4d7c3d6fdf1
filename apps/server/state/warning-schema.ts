import { instant, object, ref, text, texts } from '../docs/schema.js';
import { itemWithStatus, segmentWithStatus, type ViewSchemas } from './shared-schema.js';

export const warningSchemas: ViewSchemas = {
  name: 'Warning',
  item: itemWithStatus(
    'warnings',
    object(
      {},
      {
        names: ref('Names'),
        issuer: text('missing, with what follows, where only the outcome is known'),
        addressees: texts(),
        demand: text(),
        threat: text(),
        condition: text('what would set it off, besides the demand'),
        issuedAt: instant('the latest instant, where it is vague'),
        deadline: instant('the last instant by which the demand may be met; missing where none is fixed'),
        deadlineText: text("the report's own words for the deadline"),
      },
    ),
  ),
  segment: segmentWithStatus('warnings'),
};
