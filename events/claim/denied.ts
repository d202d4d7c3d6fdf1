import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Text } from '../field.js';
import { claimSubject } from '../kinds.js';

/** The claimant says that the proposition is false. */
export class ClaimDenied extends Data {
  @Id('The claim; all stances on it share its id.', 'claim')
  claim!: string;

  @Text('The denied claim in words, so that all stances are about the same sentence.', 500)
  proposition!: string;
}

export const claimDenied = eventType<ClaimDenied>({
  type: 'claim.denied',
  version: 1,
  means: 'The claimant says that the proposition is false.',
  doesNotMean: 'That it is false; that other claims of the other side are denied too.',
  data: ClaimDenied,
  subject: claimSubject,
  effects: (development) => {
    const { proposition } = development.data;
    const subject = streamOf(claimSubject(development.data));
    return [holds(development, subject, 'stance', 'contested', { stance: 'denies', proposition })];
  },
  example: {
    type: 'claim.denied',
    occurred: { edtf: '2022-06', text: 'last month' },
    reportedAt: '2022-07-11',
    data: { claim: 'kaliningrad-blockade', proposition: 'Lithuania blockades Kaliningrad.' },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      row: 'S0.10',
    },
    attribution: { claimant: 'lt.foreign-ministry', standing: 'denial', reliability: 'B2' },
  },
});
