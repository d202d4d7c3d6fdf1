import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { routeSubject } from '../kinds.js';

/** Something travelled along a route. */
export class TransitMoved extends Data {
  @Id('The route.', 'route')
  route!: string;

  @Text('What moved.')
  what!: string;

  @Optional()
  @CountOf('How much.')
  quantity?: Quantity;

  @Optional()
  @Text('The unit, such as `wagon`.', 60)
  unit?: string;
}

export const transitMoved = eventType<TransitMoved>({
  type: 'transit.moved',
  version: 1,
  means: 'Something travelled along the route.',
  doesNotMean: 'That everything may travel; that there is as much traffic as before.',
  data: TransitMoved,
  subject: routeSubject,
  effects: (development) => {
    const { what, quantity, unit } = development.data;
    return [
      entry(development, streamOf(routeSubject(development.data)), 'movements', { what, quantity, unit }),
    ];
  },
  example: {
    type: 'transit.moved',
    occurred: '2022-07-26',
    reportedAt: '2022-07-26',
    data: { route: 'kaliningrad.rail', what: 'cement', quantity: { value: 60 }, unit: 'wagon' },
    source: {
      publisher: 'Interfax',
      title: 'First cement train for Kaliningrad',
      url: 'https://interfax.com/newsroom/top-stories/81659/',
      publishedAt: '2022-07-26',
    },
    attribution: { claimant: 'ru.kaliningrad-government', standing: 'observation', reliability: 'C2' },
  },
});
