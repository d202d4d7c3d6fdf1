import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Optional } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { areaSubject } from '../kinds.js';

/** An emergency over an airspace holds from `occurred` on. */
export class EmergencyDeclared extends Data {
  @Id('The airspace.', 'area')
  area!: string;

  @Optional()
  @CountOf('The hours of closure before that.')
  closuresHours?: Quantity;

  @Optional()
  @CountOf('The flights affected before that.')
  flights?: Quantity;

  @Optional()
  @CountOf('The passengers affected before that.')
  passengers?: Quantity;
}

export const emergencyDeclared = eventType<EmergencyDeclared>({
  type: 'airspace.emergency-declared',
  version: 1,
  means: 'A state declared an emergency because of events in its airspace.',
  doesNotMean: 'That the airspace is closed.',
  data: EmergencyDeclared,
  subject: areaSubject,
  effects: (development) => {
    const { closuresHours, flights, passengers } = development.data;
    const value = { status: 'declared', closuresHours, flights, passengers };
    return [holds(development, streamOf(areaSubject(development.data)), 'emergency', 'authority', value)];
  },
  example: {
    type: 'airspace.emergency-declared',
    occurred: '2025-12-09',
    reportedAt: '2025-12-09',
    data: {
      area: 'lithuania',
      closuresHours: { value: 60, qualifier: 'about' },
      flights: { min: 350, qualifier: 'moreThan' },
      passengers: { min: 50000, qualifier: 'moreThan' },
    },
    source: {
      publisher: 'Babel',
      title: 'Lithuania declares an emergency over balloons',
      publishedAt: '2025-12-09',
    },
    attribution: { claimant: 'lt.government', standing: 'act', reliability: 'B1' },
  },
});
