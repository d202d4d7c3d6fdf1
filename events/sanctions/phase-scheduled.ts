import type { ReportedTime, StatedEffect } from '../development.js';
import { Data } from '../data.js';
import { announcedBefore, eventType, holds, defined, rangeOf, streamOf } from '../event-type.js';
import { Goods } from '../goods.js';
import { Id, ListOf, Optional, Text, Time } from '../field.js';
import { measureSubject } from '../kinds.js';

/** A phase of a measure applies from `occurred` on. The phase is known before. */
export class SanctionsPhaseScheduled extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Id('The phase, unique within the measure.')
  phase!: string;

  @Optional()
  @ListOf(Goods, 'The goods that the phase adds.')
  goods?: Goods[];

  @Optional()
  @Text('The act and article.')
  legalBasis?: string;

  @Optional()
  @Time('When it was announced; absent: when it was reported.')
  announcedAt?: ReportedTime;
}

export const sanctionsPhaseScheduled = eventType<SanctionsPhaseScheduled>({
  type: 'sanctions.phase-scheduled',
  version: 1,
  means: 'By the act of a measure, one of its phases takes effect at `occurred`.',
  doesNotMean: 'That a new measure was adopted then; that its enforcement began on that day.',
  data: SanctionsPhaseScheduled,
  subject: measureSubject,
  effects: (development) => {
    const { measure, phase, goods, legalBasis, announcedAt } = development.data;
    const subject = streamOf(measureSubject({ measure }));
    const aspect = `phase/${phase}`;
    const effects: StatedEffect[] = [];
    const said = announcedAt ? rangeOf(announcedAt) : development.reported;
    const announced = announcedBefore(said, development.occurred);
    if (announced) {
      const value = defined({ status: 'announced', goods, legalBasis });
      effects.push({ subject, aspect, rule: 'authority', value, from: announced });
    }
    effects.push(holds(development, subject, aspect, 'authority', { status: 'inForce', goods, legalBasis }));
    return effects;
  },
  example: {
    type: 'sanctions.phase-scheduled',
    occurred: '2022-08-10',
    reportedAt: '2022-07-22',
    data: {
      measure: 'eu.russia-goods',
      phase: 'coal',
      goods: [{ id: 'coal', label: 'Coal', hs: ['2701'] }],
      legalBasis: 'Regulation (EU) 833/2014, art. 3j, Annex XXII',
    },
    source: {
      publisher: 'News.am',
      title: 'Rail transit to Kaliningrad resumes',
      url: 'https://news.am/eng/news/713170.html',
      publishedAt: '2022-07-22',
    },
    attribution: { claimant: 'eu.council', standing: 'act', reliability: 'B2' },
  },
});
