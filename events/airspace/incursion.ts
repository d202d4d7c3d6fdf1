import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { areaSubject } from '../kinds.js';

/** An object without permission entered an airspace. */
export class AirspaceIncursion extends Data {
  @Id('The airport or the airspace.', 'area')
  area!: string;

  @Text('The thing that entered, such as `weather balloon`.', 100)
  object!: string;

  @Optional()
  @CountOf('How many.')
  count?: Quantity;

  @Optional()
  @Id('Who sent them, according to the claimant.', 'actor')
  by?: string;
}

export const airspaceIncursion = eventType<AirspaceIncursion>({
  type: 'airspace.incursion',
  version: 1,
  means: 'Something entered an airspace without permission, once or several times.',
  doesNotMean: 'That flights were stopped (airspace.airport-disrupted); that a state is behind it.',
  data: AirspaceIncursion,
  subject: areaSubject,
  effects: (development) => {
    const { object, count, by } = development.data;
    return [entry(development, streamOf(areaSubject(development.data)), 'incursions', { object, count, by })];
  },
  example: {
    type: 'airspace.incursion',
    occurred: { edtf: '../2025-11-11', text: 'repeated' },
    reportedAt: '2025-11-11',
    data: {
      area: 'vilnius-airport',
      object: 'weather balloon',
      count: { qualifier: 'several', min: 2 },
      by: 'by.smugglers',
    },
    source: {
      publisher: 'Unnamed news site, rewriting the Associated Press',
      title: 'Lithuania Refuses Border Talks with Belarus Amid Ongoing Tensions',
      publishedAt: '2025-11-11',
      row: 'S4.3',
    },
    attribution: { claimant: 'lt.government', standing: 'claim', reliability: 'B2' },
  },
});
