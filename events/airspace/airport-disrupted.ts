import { Data } from '../data.js';
import { entry, eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { areaSubject } from '../kinds.js';

/** An airport handled no flights, or handled them late, from `occurred` to `until`. */
export class AirportDisrupted extends Data {
  @Id('The airport.', 'area')
  area!: string;

  @OneOf(['closed', 'delays'], 'Closed: no flights; delays: late, diverted or cancelled flights.')
  effect!: 'closed' | 'delays';

  @Optional()
  @CountOf('Flights affected.')
  flights?: Quantity;

  @Optional()
  @CountOf('Passengers affected.')
  passengers?: Quantity;

  @Optional()
  @Text('Why.')
  reason?: string;
}

export const airportDisrupted = eventType<AirportDisrupted>({
  type: 'airspace.airport-disrupted',
  version: 1,
  means: 'An airport handled no flights, or handled them late, for a time.',
  doesNotMean: 'That the cause is known; without an end, that it lasted longer than the day.',
  data: AirportDisrupted,
  subject: areaSubject,
  effects: (development) => {
    const { effect, flights, passengers, reason } = development.data;
    const subject = streamOf(areaSubject(development.data));
    const status = effect === 'closed' ? 'closed' : 'disrupted';
    return [
      holds(development, subject, 'status', 'authority', { status, reason }),
      entry(development, subject, 'disruptions', {
        effect,
        flights,
        passengers,
        reason,
        until: development.until,
      }),
    ];
  },
  example: {
    type: 'airspace.airport-disrupted',
    occurred: '2025-10-04T22:16',
    until: '2025-10-05T04:50',
    reportedAt: '2025-10-05',
    data: {
      area: 'vilnius-airport',
      effect: 'closed',
      flights: { value: 30, qualifier: 'about' },
      passengers: { value: 6000, qualifier: 'about' },
      reason: 'balloons',
    },
    source: { publisher: 'TV3', title: 'Oro balionai virš Vilniaus oro uosto', publishedAt: '2025-10-05' },
    attribution: { claimant: 'lt.airports', standing: 'observation', reliability: 'B1' },
  },
});
