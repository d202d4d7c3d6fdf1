import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Ids, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { talksSubject } from '../kinds.js';

/** The claimant says that parties have ways to reach each other. */
export class TalksChannelNoted extends Data {
  @Id('The relation.', 'talks')
  talks!: string;

  @Ids('Between whom.', 'actor', 2)
  between!: string[];

  @Optional()
  @CountOf('The number of channels.')
  channels?: Quantity;

  @Optional()
  @Text('A further remark about them.', 500)
  note?: string;
}

export const talksChannelNoted = eventType<TalksChannelNoted>({
  type: 'talks.channel-noted',
  version: 1,
  means: 'An actor says that parties have channels to each other.',
  doesNotMean: 'That they are in use, or that talks are being held.',
  data: TalksChannelNoted,
  subject: talksSubject,
  effects: (development) => {
    const { between, channels, note } = development.data;
    const subject = streamOf(talksSubject(development.data));
    return [entry(development, subject, 'ledger', { kind: 'channel', parties: between, channels, note })];
  },
  example: {
    type: 'talks.channel-noted',
    reportedAt: '2025-11-25/2025-11-26',
    data: {
      talks: 'lt-by.border-2025',
      between: ['lt', 'by'],
      channels: { min: 3, qualifier: 'moreThan' },
      note: 'other EU members have channels too',
    },
    source: {
      publisher: 'Reform.news',
      title: 'Budrys on why Minsk wants the foreign ministries to talk (the copy read has no headline)',
      publishedAt: '2025-11-25/2025-11-26',
      row: 'S2.6',
    },
    attribution: { claimant: 'lt.budrys', standing: 'claim', reliability: 'B2' },
  },
});
