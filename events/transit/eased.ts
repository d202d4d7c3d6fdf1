import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Id, ListOf, Optional, Text } from '../field.js';
import { Goods, overGoods } from '../goods.js';
import { routeSubject } from '../kinds.js';

/** Goods may pass along a route again from `occurred` on. */
export class TransitEased extends Data {
  @Id('The route.', 'route')
  route!: string;

  @Optional()
  @ListOf(Goods, 'The goods that may pass again; absent: the route itself is open.')
  goods?: Goods[];

  @Optional()
  @Text('The act and article.')
  legalBasis?: string;
}

export const transitEased = eventType<TransitEased>({
  type: 'transit.eased',
  version: 1,
  means: 'The named goods may pass along the route again; if none are named, the route itself is open.',
  doesNotMean: 'That anything has moved; if no goods are named, that goods with their own bar may pass.',
  data: TransitEased,
  subject: routeSubject,
  effects: (development) => {
    const { legalBasis } = development.data;
    return overGoods(development, { status: 'allowed', legalBasis }, { status: 'open', legalBasis });
  },
  example: {
    type: 'transit.eased',
    occurred: '2022-07-13',
    reportedAt: '2022-07-13',
    data: {
      route: 'kaliningrad.rail',
      legalBasis: 'Guidance of the European Commission, 13 July 2022',
      summary:
        'The Commission reads the rules so that rail transit is allowed within limits and road transit is not.',
    },
    source: {
      publisher: 'TASS',
      title: 'Commission guidance on Kaliningrad transit',
      url: 'https://tass.com/economy/1479583',
      publishedAt: '2022-07-13',
    },
    attribution: { claimant: 'eu.commission', standing: 'act', reliability: 'B1' },
  },
});
