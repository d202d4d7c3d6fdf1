import { Data } from '../data.js';
import { eventType } from '../event-type.js';
import { Id, ListOf, Optional, Text } from '../field.js';
import { Goods, overGoods } from '../goods.js';
import { CountOf, Quantity } from '../quantity.js';
import { routeSubject } from '../kinds.js';

/** Goods may pass along a route up to a limit from `occurred` on. */
export class TransitQuotaSet extends Data {
  @Id('The route.', 'route')
  route!: string;

  @ListOf(Goods, 'The goods under the limit.')
  goods!: Goods[];

  @Text('How the limit is calculated.')
  basis!: string;

  @Optional()
  @Text('The act and article.')
  legalBasis?: string;

  @Optional()
  @CountOf('The limit, if a figure is known.')
  volume?: Quantity;

  @Optional()
  @Text('The unit of the volume, with its period, such as `t/year`.', 60)
  unit?: string;
}

export const transitQuotaSet = eventType<TransitQuotaSet>({
  type: 'transit.quota-set',
  version: 1,
  means: 'The named goods may pass along the route up to a limit.',
  doesNotMean: 'That the limit is used up, or that it was published as a figure.',
  data: TransitQuotaSet,
  subject: routeSubject,
  effects: (development) => {
    const { basis, legalBasis, volume, unit } = development.data;
    const quota = { status: 'quota', basis, legalBasis, volume, unit };
    return overGoods(development, quota, quota);
  },
  example: {
    type: 'transit.quota-set',
    occurred: '2022-07-22',
    reportedAt: '2022-07-22',
    data: {
      route: 'kaliningrad.rail',
      goods: [{ id: 'cement', label: 'Cement', hs: ['2523'] }],
      basis: 'average of the last three years, per commodity code',
    },
    source: {
      publisher: 'News.am',
      title: 'Rail transit to Kaliningrad resumes',
      url: 'https://news.am/eng/news/713170.html',
      publishedAt: '2022-07-22',
    },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'C2' },
  },
});
