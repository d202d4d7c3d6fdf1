import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Ids, ListOf, Text } from '../field.js';
import { conditionSubject } from '../kinds.js';

export class Requirement {
  @Id('The requirement, unique within the condition.')
  id!: string;

  @Text('The requirement in words.')
  text!: string;
}

/** One party sets a condition for an act of its own about crossings. */
export class CrossingConditionsSet extends Data {
  @Id('The condition.', 'condition')
  condition!: string;

  @Ids('The crossings of the condition.', 'crossing')
  crossings!: string[];

  @Id('The party that sets it.', 'actor')
  by!: string;

  @Id('The party that must meet it.', 'actor')
  to!: string;

  @ListOf(Requirement, 'The requirements; all must be met.')
  requirements!: Requirement[];

  @Text('The promise in return.')
  promises!: string;
}

export const crossingConditionsSet = eventType<CrossingConditionsSet>({
  type: 'crossing.conditions-set',
  version: 1,
  means: 'A party has named its requirements for a decision about crossings.',
  doesNotMean: 'That a requirement is met; that the party keeps its promise; that the crossings change.',
  data: CrossingConditionsSet,
  subject: conditionSubject,
  effects: (development) => {
    const { crossings, by, to, requirements, promises } = development.data;
    const value = { status: 'pending', crossings, by, to, requirements, promises };
    return [holds(development, streamOf(conditionSubject(development.data)), 'status', 'authority', value)];
  },
  example: {
    type: 'crossing.conditions-set',
    occurred: '../2025-11-11',
    reportedAt: '2025-11-11',
    data: {
      condition: 'lt.reopening-2025',
      crossings: ['lt-by.medininkai', 'lt-by.salcininkai'],
      by: 'lt.government',
      to: 'by.government',
      requirements: [
        { id: 'balloons', text: 'the balloon flights stop' },
        { id: 'trucks', text: 'the stranded trucks come home' },
      ],
      promises: 'the two crossings reopen',
    },
    source: {
      publisher: 'Unnamed news site, rewriting the Associated Press',
      title: 'Lithuania Refuses Border Talks with Belarus Amid Ongoing Tensions',
      publishedAt: '2025-11-11',
      row: 'S4.10',
    },
    attribution: { claimant: 'lt.budrys', standing: 'plan', reliability: 'B2' },
  },
});
