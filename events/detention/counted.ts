import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { detentionSubject } from '../kinds.js';

/** The units of counts; figures in different units are never compared. */
export const UNITS = ['vehicle', 'truck', 'tractor', 'semi-trailer', 'wagon', 'person', 'other'] as const;
export type Unit = (typeof UNITS)[number];

/** A claimant says how many are held. */
export class DetentionCounted extends Data {
  @Id('The detention.', 'detention')
  detention!: string;

  @CountOf('How many.')
  count!: Quantity;

  @OneOf(UNITS, 'The counted things.')
  unit!: Unit;

  @Optional()
  @Text('The things that the figure includes, if the unit does not say it.')
  what?: string;

  @Optional()
  @Text('How the claimant counted, or what the figure does not include.', 500)
  note?: string;
}

export const detentionCounted = eventType<DetentionCounted>({
  type: 'detention.counted',
  version: 1,
  means: 'The claimant gives the number of detained people or things.',
  doesNotMean:
    'That another claimant’s figure is wrong. Figures in different units cannot be compared, and figures are never summed.',
  data: DetentionCounted,
  subject: detentionSubject,
  effects: (development) => {
    const { count, unit, what, note } = development.data;
    const subject = streamOf(detentionSubject(development.data));
    return [holds(development, subject, `count/${unit}`, 'perClaimant', { count, unit, what, note })];
  },
  example: {
    type: 'detention.counted',
    occurred: '2025-11-11',
    reportedAt: '2025-11-11',
    data: { detention: 'lt-trucks-in-by', count: { value: 1000, qualifier: 'about' }, unit: 'truck' },
    source: {
      publisher: 'Unnamed news site, rewriting the Associated Press',
      title: 'Lithuania Refuses Border Talks with Belarus Amid Ongoing Tensions',
      publishedAt: '2025-11-11',
      row: 'S4.11',
    },
    attribution: { claimant: 'lt.budrys', standing: 'estimate', reliability: 'B3' },
  },
});
