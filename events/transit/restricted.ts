import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Id, ListOf, Optional, Text } from '../field.js';
import { Goods, overGoods } from '../goods.js';
import { routeSubject } from '../kinds.js';

/** Goods may not pass along a route from `occurred` on. */
export class TransitRestricted extends Data {
  @Id('The route with its mode, such as `kaliningrad.rail`.', 'route')
  route!: string;

  @Optional()
  @ListOf(Goods, 'The barred goods; absent: the whole route is closed.')
  goods?: Goods[];

  @Optional()
  @Text('The act and article, such as `Regulation (EU) 833/2014, art. 3g`.')
  legalBasis?: string;

  @Optional()
  @Text('The phase of the measure behind it.', 100)
  phase?: string;
}

export const transitRestricted = eventType<TransitRestricted>({
  type: 'transit.restricted',
  version: 1,
  means: 'The named goods may not pass along the route; if none are named, no traffic may.',
  doesNotMean:
    'That other goods or passengers are stopped; that it is a new measure: it may enforce an old one.',
  data: TransitRestricted,
  subject: routeSubject,
  effects: (development) => {
    const { legalBasis, phase } = development.data;
    return overGoods(
      development,
      { status: 'barred', legalBasis, phase },
      { status: 'closed', legalBasis, phase },
    );
  },
  example: {
    type: 'transit.restricted',
    occurred: { edtf: '2022-07-11', zone: 'Europe/Vilnius', text: 'Monday morning' },
    reportedAt: { edtf: '2022-07-11', zone: 'America/New_York' },
    data: {
      route: 'kaliningrad.rail',
      goods: [
        { id: 'cement', label: 'Concrete and cement', hs: ['2523'] },
        { id: 'wood', label: 'Wood', hs: ['44'] },
        { id: 'alcohol', label: 'Alcohol and alcohol-based chemicals', hs: ['2207', '2208'] },
      ],
      legalBasis: 'Regulation (EU) 833/2014, art. 3i',
      phase: '2022-07-10',
      summary: 'Lithuanian customs stop more goods on their way to Kaliningrad.',
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      quotedFrom: 'Reuters',
      row: 'S0.4',
    },
    attribution: { claimant: 'lt.customs', standing: 'act', reliability: 'B1' },
  },
});
