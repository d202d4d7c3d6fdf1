import { Data } from '../data.js';
import { entry, eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf, Optional, Text } from '../field.js';
import { talksSubject } from '../kinds.js';

/** The level at which the talks are meant to be held. */
export const LEVELS = ['leaders', 'ministers', 'officials', 'agencies'] as const;
export type Level = (typeof LEVELS)[number];

/** One party says it is ready to talk. */
export class TalksOffered extends Data {
  @Id('The matter to talk about.', 'talks')
  talks!: string;

  @Id('Who offers.', 'actor')
  by!: string;

  @Id('To whom.', 'actor')
  to!: string;

  @Optional()
  @OneOf(LEVELS, 'The level of the talks.')
  level?: Level;

  @Optional()
  @Text('About what.')
  subject?: string;
}

export const talksOffered = eventType<TalksOffered>({
  type: 'talks.offered',
  version: 1,
  means: 'One party said that it is ready to talk, asked for talks, or ordered its people to arrange them.',
  doesNotMean: 'That the other party agreed; that talks were arranged.',
  data: TalksOffered,
  subject: talksSubject,
  effects: (development) => {
    const { by, to, level, subject: matter } = development.data;
    const subject = streamOf(talksSubject(development.data));
    return [
      entry(development, subject, 'ledger', { kind: 'offered', by, to, level, subject: matter }),
      holds(development, subject, `stance/${by}`, 'authority', { stance: 'offers', level }),
    ];
  },
  example: {
    type: 'talks.offered',
    occurred: '2025-11-11',
    reportedAt: '2025-11-11',
    data: {
      talks: 'lt-by.border-2025',
      by: 'by.lukashenko',
      to: 'lt',
      level: 'ministers',
      subject: 'the closed border and the stranded trucks',
    },
    source: {
      publisher: 'Unnamed news site, rewriting the Associated Press',
      title: 'Lithuania Refuses Border Talks with Belarus Amid Ongoing Tensions',
      publishedAt: '2025-11-11',
      quotedFrom: 'Belta',
      row: 'S4.4',
    },
    attribution: { claimant: 'by.lukashenko', standing: 'act', reliability: 'B1' },
  },
});
