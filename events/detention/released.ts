import { Data } from '../data.js';
import { entry, eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { UNITS, type Unit } from './counted.js';
import { detentionSubject } from '../kinds.js';

/** The persons or things may leave: all of them, or as many as `count` says. */
export class DetentionReleased extends Data {
  @Id('The detention.', 'detention')
  detention!: string;

  @Optional()
  @CountOf('The number released; absent: all of them.')
  count?: Quantity;

  @Optional()
  @OneOf(UNITS, 'The counted things.')
  unit?: Unit;

  @Optional()
  @Text('A further remark.', 500)
  note?: string;
}

export const detentionReleased = eventType<DetentionReleased>({
  type: 'detention.released',
  version: 1,
  means: 'The detained people or things were released; with a count, only that number.',
  doesNotMean: 'With a count, that the others were released too: the detention continues.',
  data: DetentionReleased,
  subject: detentionSubject,
  effects: (development) => {
    const { count, unit, note } = development.data;
    const subject = streamOf(detentionSubject(development.data));
    return count
      ? [entry(development, subject, 'releases', { count, unit, note })]
      : [holds(development, subject, 'status', 'authority', { status: 'released', note })];
  },
  example: {
    type: 'detention.released',
    occurred: '../2026-03-10',
    reportedAt: '2026-03-10',
    data: {
      detention: 'lt-trucks-in-by',
      count: { value: 868 },
      unit: 'vehicle',
      note: 'of 1,418; the hauliers speak of a few semi-trailers',
    },
    source: {
      publisher: 'Interfax',
      title: 'Lithuanian trucks return',
      url: 'https://interfax.ru/world/1076920',
      publishedAt: '2026-03-10',
    },
    attribution: { claimant: 'lt.nkvc', standing: 'claim', reliability: 'B3' },
  },
});
