import { Data } from '../data.js';
import { entry, eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf, Optional, Text } from '../field.js';
import { LEVELS, type Level } from './offered.js';
import { talksSubject } from '../kinds.js';

/** One party says it will not talk, or not at that level. */
export class TalksRefused extends Data {
  @Id('The matter to talk about.', 'talks')
  talks!: string;

  @Id('Who refuses.', 'actor')
  by!: string;

  @Id('Whom.', 'actor')
  to!: string;

  @Optional()
  @OneOf(LEVELS, 'The refused level; absent: any.')
  level?: Level;

  @Optional()
  @Text('Why.', 500)
  reason?: string;
}

export const talksRefused = eventType<TalksRefused>({
  type: 'talks.refused',
  version: 1,
  means: 'One party said that it will not talk, or not at that level.',
  doesNotMean: 'That there are no contacts at other levels; that talks had been offered.',
  data: TalksRefused,
  subject: talksSubject,
  effects: (development) => {
    const { by, to, level, reason } = development.data;
    const subject = streamOf(talksSubject(development.data));
    return [
      entry(development, subject, 'ledger', { kind: 'refused', by, to, level, reason }),
      holds(development, subject, `stance/${by}`, 'authority', { stance: 'refuses', level, reason }),
    ];
  },
  example: {
    type: 'talks.refused',
    occurred: '../2025-11-25',
    reportedAt: '2025-11-25/2025-11-26',
    data: {
      talks: 'lt-by.border-2025',
      by: 'lt.nauseda',
      to: 'by',
      level: 'ministers',
      reason: 'the border agencies suffice',
    },
    source: {
      publisher: 'Reform.news',
      title: 'Budrys on why Minsk wants the foreign ministries to talk (the copy read has no headline)',
      publishedAt: '2025-11-25/2025-11-26',
      row: 'S2.11',
    },
    attribution: { claimant: 'lt.nauseda', standing: 'act', reliability: 'B2' },
  },
});
