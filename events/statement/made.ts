import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, OneOf, Text } from '../field.js';
import { statementSubject } from '../kinds.js';

export const STATEMENT_KINDS = [
  'accusation',
  'assertion',
  'explanation',
  'forecast',
  'framing',
  'recommendation',
  'remark',
  'report',
  'rhetoric',
] as const;

export type StatementKind = (typeof STATEMENT_KINDS)[number];

/** An actor made a statement that matters and changes no state. */
export class StatementMade extends Data {
  @Id('The topic.', 'statement')
  statement!: string;

  @Id('The speaker.', 'actor')
  speaker!: string;

  @OneOf(STATEMENT_KINDS, 'The kind of statement.')
  kind!: StatementKind;

  @Text('The statement, in own words.', 1000)
  says!: string;
}

export const statementMade = eventType<StatementMade>({
  type: 'statement.made',
  version: 1,
  means: 'An actor said something about a topic.',
  doesNotMean: 'That it is so. A disputed statement is a claim (claim.asserted); a threat is a warning.',
  data: StatementMade,
  subject: statementSubject,
  effects: (development) => {
    const { speaker, kind, says } = development.data;
    const subject = streamOf(statementSubject(development.data));
    return [entry(development, subject, 'statements', { speaker, kind, says })];
  },
  example: {
    type: 'statement.made',
    occurred: '2023-06-05',
    reportedAt: '2023-06-06',
    data: {
      statement: 'kaliningrad.transit',
      speaker: 'by.lukashenko',
      kind: 'rhetoric',
      says: 'Limiting movement by rail and road cannot succeed.',
    },
    source: {
      publisher: 'Newsweek',
      title: 'Putin Ally Jokes Over Taking Russian Territory',
      publishedAt: '2023-06-06',
      quotedFrom: 'Belta',
      quote: 'doomed to failure',
      row: 'S1.3',
    },
    attribution: { claimant: 'by.lukashenko', standing: 'claim', reliability: 'B1' },
  },
});
