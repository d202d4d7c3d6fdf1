import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { estimateSubject } from '../kinds.js';

/** The claimant puts a figure on something. */
export class EstimatePublished extends Data {
  @Id('The estimate; all figures for it share its id.', 'estimate')
  estimate!: string;

  @CountOf('The figure.')
  quantity!: Quantity;

  @Text('Its unit, such as `%` or `USD`.', 60)
  unit!: string;

  @Text('What the figure counts or measures.')
  of!: string;
}

export const estimatePublished = eventType<EstimatePublished>({
  type: 'estimate.published',
  version: 1,
  means: 'The claimant gives a figure for something.',
  doesNotMean: 'That it was measured; that others agree: their figures are listed too.',
  data: EstimatePublished,
  subject: estimateSubject,
  effects: (development) => {
    const { quantity, unit, of } = development.data;
    const subject = streamOf(estimateSubject(development.data));
    return [holds(development, subject, 'value', 'perClaimant', { quantity, unit, of })];
  },
  example: {
    type: 'estimate.published',
    occurred: '../2022-07-11',
    reportedAt: '2022-07-11',
    data: {
      estimate: 'kaliningrad.imports-affected',
      quantity: { max: 50, qualifier: 'atMost' },
      unit: '%',
      of: 'goods Kaliningrad brings in',
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      row: 'S0.8',
    },
    attribution: { claimant: 'ru.alikhanov', standing: 'estimate', reliability: 'B3' },
  },
});
