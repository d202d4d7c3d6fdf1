import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Ids, Optional, Text } from '../field.js';
import { detentionSubject } from '../kinds.js';

/** From `occurred` on, an actor keeps persons or things of others from leaving. */
export class DetentionHeld extends Data {
  @Id('The detention.', 'detention')
  detention!: string;

  @Id('The actor that holds them.', 'actor')
  holder!: string;

  @Optional()
  @Ids('The owners.', 'actor')
  owners?: string[];

  @Optional()
  @Text('Where.')
  place?: string;

  @Text('The detained people or things.')
  what!: string;

  @Optional()
  @Text('The reason, according to the source.')
  reason?: string;
}

export const detentionHeld = eventType<DetentionHeld>({
  type: 'detention.held',
  version: 1,
  means: 'An actor prevents people, or things of others, from leaving, or continues to do so.',
  doesNotMean: 'How many there are (detention.counted); that the given reason is the true one.',
  data: DetentionHeld,
  subject: detentionSubject,
  effects: (development) => {
    const { holder, owners, place, what, reason } = development.data;
    const subject = streamOf(detentionSubject(development.data));
    return [
      holds(development, subject, 'status', 'authority', {
        status: 'held',
        holder,
        owners,
        place,
        what,
        reason,
      }),
    ];
  },
  example: {
    type: 'detention.held',
    reportedAt: '2025-11-25/2025-11-26',
    data: {
      detention: 'lt-trucks-in-by',
      holder: 'by.government',
      owners: ['lt.hauliers'],
      place: 'Belarus',
      what: 'Lithuanian trucks',
      summary: 'With the border open again, the trucks still may not leave.',
    },
    source: {
      publisher: 'Reform.news',
      title: 'Budrys on why Minsk wants the foreign ministries to talk (the copy read has no headline)',
      publishedAt: '2025-11-25/2025-11-26',
      row: 'S2.8',
    },
    attribution: { claimant: 'reform.news', standing: 'observation', reliability: 'B2' },
  },
});
