import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Text } from '../field.js';
import { claimSubject } from '../kinds.js';

/** The claimant says that the proposition is true. */
export class ClaimAsserted extends Data {
  @Id('The claim; all stances on it share its id.', 'claim')
  claim!: string;

  @Text('The claim in words, so that all stances are about the same sentence.', 500)
  proposition!: string;
}

export const claimAsserted = eventType<ClaimAsserted>({
  type: 'claim.asserted',
  version: 1,
  means: 'The claimant says that the proposition is true.',
  doesNotMean: 'That it is true; that actors who say nothing agree.',
  data: ClaimAsserted,
  subject: claimSubject,
  effects: (development) => {
    const { proposition } = development.data;
    const subject = streamOf(claimSubject(development.data));
    return [holds(development, subject, 'stance', 'contested', { stance: 'asserts', proposition })];
  },
  example: {
    type: 'claim.asserted',
    occurred: '2022-07-04',
    reportedAt: '2022-07-11',
    data: { claim: 'kaliningrad-blockade', proposition: 'Lithuania blockades Kaliningrad.' },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      quotedFrom: 'TASS',
      row: 'S0.9',
    },
    attribution: { claimant: 'ru.peskov', standing: 'claim', reliability: 'B4' },
  },
});
