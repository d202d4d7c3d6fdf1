import { allOf, choice, instant, list, map, object, ref, text, texts, whole } from '../docs/schema.js';
import { itemWithStatus, segmentWithStatus, type ViewSchemas } from './shared-schema.js';

const goods = object({ id: text(), label: text() }, { hs: texts('codes of the Harmonized System') });

export const measureSchemas: ViewSchemas = {
  name: 'Measure',
  item: itemWithStatus(
    'sanctions',
    object(
      {},
      {
        names: ref('Names'),
        regime: text('missing, like the issuer, where no adoption is known'),
        issuer: text(),
        legalBasis: text(),
        scope: text(),
        listed: object({}, { individuals: whole(), entities: whole() }, 'How many are on the list.'),
        changes: text('what the last renewal changed'),
        phases: list(ref('Phase')),
        licences: list(ref('Licence')),
        decisions: list(ref('Decision')),
        designations: list(ref('Designation')),
      },
    ),
  ),
  segment: segmentWithStatus('sanctions'),
  parts: {
    Phase: allOf(
      ref('StatusRun'),
      object(
        { phase: text('its id'), status: choice(['announced', 'inForce', 'unknown']) },
        { goods: list(goods), legalBasis: text() },
      ),
    ),
    Licence: allOf(
      ref('StatusRun'),
      object({
        licence: text('its id'),
        status: choice(['valid', 'expired', 'unknown']),
        covers: text('what it allows'),
      }),
    ),
    Decision: allOf(
      ref('StatusRun'),
      object(
        {
          decision: text('its id'),
          status: choice(['due', 'unknown']),
          due: instant('the latest instant, where it is vague'),
        },
        { earliest: instant('where it is vague'), text: text("the report's own words for when it is due") },
      ),
    ),
    Designation: allOf(
      ref('Entry'),
      object(
        { counts: map(whole(), 'by kind, such as `individuals`') },
        { orders: texts('what they are listed under'), names: texts() },
      ),
    ),
  },
};
