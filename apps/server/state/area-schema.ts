import { allOf, choice, instant, list, map, object, only, ref, text } from '../docs/schema.js';
import { choicesOf, itemWithStatus, statusOf, type ViewSchemas } from './shared-schema.js';

const emergency = choice(choicesOf('airspace', 'emergency'));

export const areaSchemas: ViewSchemas = {
  name: 'Area',
  item: itemWithStatus(
    'airspace',
    object(
      { incursions: list(ref('Incursion')), disruptions: list(ref('Disruption')) },
      {
        names: ref('Names'),
        location: ref('GeoPoint'),
        codes: map(text(), 'by scheme'),
        reason: text(),
        emergency: ref('Emergency'),
      },
    ),
  ),
  segment: object(
    { status: statusOf('airspace') },
    { value: object({ emergency: { oneOf: [emergency, list(emergency, 'what it may be')] } }) },
  ),
  parts: {
    Incursion: allOf(ref('Entry'), object({ object: text() }, { count: ref('Quantity'), by: text() })),
    Disruption: allOf(
      ref('Entry'),
      object(
        { effect: choice(['closed', 'delays']) },
        {
          flights: ref('Quantity'),
          passengers: ref('Quantity'),
          reason: text(),
          until: instant('its end; the latest instant, where it is vague'),
        },
      ),
    ),
    Emergency: allOf(
      ref('Run'),
      object(
        { status: emergency },
        {
          certain: only(false, '`possible` has what it may be'),
          closuresHours: ref('Quantity'),
          flights: ref('Quantity'),
          passengers: ref('Quantity'),
        },
      ),
    ),
  },
};
