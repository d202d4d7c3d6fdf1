import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Ids, ListOf, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { contextSubject } from '../kinds.js';

export class Figure {
  @CountOf('The figure.')
  quantity!: Quantity;

  @Text('Its unit.', 60)
  unit!: string;

  @Text('What the figure counts or measures.')
  of!: string;
}

/** Background in a report: geography, history, figures. */
export class ContextNoted extends Data {
  @Id('The subject of the background.', 'context')
  context!: string;

  @Text('The background, in own words.', 1000)
  what!: string;

  @Optional()
  @Ids('The actors it is about.', 'actor')
  actors?: string[];

  @Optional()
  @ListOf(Figure, 'Figures.')
  quantities?: Figure[];
}

export const contextNoted = eventType<ContextNoted>({
  type: 'context.noted',
  version: 1,
  means: 'A report gave background: geography, history, figures.',
  doesNotMean: 'That any state changed.',
  data: ContextNoted,
  subject: contextSubject,
  effects: (development) => {
    const { what, actors, quantities } = development.data;
    return [
      entry(development, streamOf(contextSubject(development.data)), 'notes', { what, actors, quantities }),
    ];
  },
  example: {
    type: 'context.noted',
    reportedAt: '2022-07-11',
    data: {
      context: 'geography',
      what: 'Lithuania and Belarus share a long border; Kaliningrad is a Russian exclave.',
      quantities: [
        { quantity: { value: 422 }, unit: 'mile', of: 'length of the border of Lithuania and Belarus' },
        { quantity: { value: 1000000, qualifier: 'about' }, unit: 'person', of: 'people of Kaliningrad' },
      ],
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      row: 'S0.11',
    },
    attribution: { claimant: 'newsweek', standing: 'reference', reliability: 'B2' },
  },
});
