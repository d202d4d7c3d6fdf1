import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Ids, OneOf, Optional, Text } from '../field.js';
import { talksSubject } from '../kinds.js';

const TALKS_KINDS = ['meeting', 'visit', 'call', 'agreement'] as const;

/** Parties met, called each other, or agreed. */
export class TalksHeld extends Data {
  @Id('The matter or the relation that they talked about.', 'talks')
  talks!: string;

  @Ids('The participants.', 'actor', 2)
  parties!: string[];

  @OneOf(TALKS_KINDS, 'How.')
  kind!: (typeof TALKS_KINDS)[number];

  @Optional()
  @Text('Where.')
  place?: string;

  @Optional()
  @Text('The result.', 500)
  outcome?: string;
}

export const talksHeld = eventType<TalksHeld>({
  type: 'talks.held',
  version: 1,
  means: 'Parties met, called each other, or agreed on something.',
  doesNotMean: 'That one side’s account of the talks is true.',
  data: TalksHeld,
  subject: talksSubject,
  effects: (development) => {
    const { parties, kind, place, outcome } = development.data;
    return [
      entry(development, streamOf(talksSubject(development.data)), 'ledger', {
        kind,
        parties,
        place,
        outcome,
      }),
    ];
  },
  example: {
    type: 'talks.held',
    occurred: { edtf: '2022-07-11?', text: 'Monday' },
    reportedAt: '2022-07-11',
    data: {
      talks: 'ru-by.kaliningrad-transit',
      parties: ['ru.putin', 'by.lukashenko'],
      kind: 'call',
      outcome: 'they spoke of joint steps and agreed to stay in touch',
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      quotedFrom: 'TASS',
      row: 'S0.1',
    },
    attribution: { claimant: 'ru.kremlin', standing: 'act', reliability: 'B1' },
  },
});
