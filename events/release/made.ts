import { Data } from '../data.js';
import { entry, eventType, holds, streamOf } from '../event-type.js';
import { Id, Optional, Text } from '../field.js';
import { CountOf, Quantity } from '../quantity.js';
import { releaseSubject } from '../kinds.js';

/** Prisoners were set free. */
export class ReleaseMade extends Data {
  @Id('The release.', 'release')
  release!: string;

  @Id('The actor that set them free.', 'actor')
  by!: string;

  @CountOf('How many.')
  released!: Quantity;

  @Text('The freed people.')
  who!: string;

  @Optional()
  @Id('The mediators.', 'actor')
  mediator?: string;
}

export const releaseMade = eventType<ReleaseMade>({
  type: 'release.made',
  version: 1,
  means: 'Prisoners were set free.',
  doesNotMean: 'That all are free; that anything was promised in return.',
  data: ReleaseMade,
  subject: releaseSubject,
  effects: (development) => {
    const { by, released, who, mediator } = development.data;
    const subject = streamOf(releaseSubject(development.data));
    return [
      holds(development, subject, 'count', 'perClaimant', { released, who }),
      entry(development, subject, 'releases', { by, released, who, mediator }),
    ];
  },
  example: {
    type: 'release.made',
    occurred: { edtf: '2025-09-11', zone: 'Europe/Minsk', text: 'September' },
    reportedAt: '2025-11-11',
    data: {
      release: 'by.2025-09-11',
      by: 'by.government',
      released: { value: 52 },
      who: 'political prisoners',
      mediator: 'us',
    },
    source: {
      publisher: 'Unnamed news site, rewriting the Associated Press',
      title: 'Lithuania Refuses Border Talks with Belarus Amid Ongoing Tensions',
      publishedAt: '2025-11-11',
      row: 'S4.8',
    },
    attribution: { claimant: 'ap', standing: 'observation', reliability: 'B1' },
  },
});
