import { Data } from '../data.js';
import { entry, eventType, streamOf } from '../event-type.js';
import { Id, Nested, Optional, Texts, Whole } from '../field.js';
import { measureSubject } from '../kinds.js';

export class DesignationCounts {
  @Optional()
  @Whole('People.')
  individuals?: number;

  @Optional()
  @Whole('Firms and other bodies.')
  entities?: number;

  @Optional()
  @Whole('Aircraft.')
  aircraft?: number;

  @Optional()
  @Whole('Vessels.')
  vessels?: number;
}

/** People, bodies or things were put on a list. */
export class SanctionsDesignated extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Optional()
  @Texts('The orders of the listing, such as `E.O. 14038`.', 100)
  orders?: string[];

  @Nested(DesignationCounts, 'The number of each kind that the report counts.')
  counts!: DesignationCounts;

  @Optional()
  @Texts('Names, if the report gives some.')
  names?: string[];
}

export const sanctionsDesignated = eventType<SanctionsDesignated>({
  type: 'sanctions.designated',
  version: 1,
  means: 'People, bodies or things were put on the list of a measure.',
  doesNotMean: 'That the list of names is complete; that the reasons of the listing are true.',
  data: SanctionsDesignated,
  subject: measureSubject,
  effects: (development) => {
    const { measure, orders, counts, names } = development.data;
    return [
      entry(development, streamOf(measureSubject({ measure })), 'designations', { orders, counts, names }),
    ];
  },
  example: {
    type: 'sanctions.designated',
    occurred: '2021-12-02',
    reportedAt: '2022-03-07',
    data: {
      measure: 'us.belarus',
      orders: ['E.O. 14038', 'E.O. 13405'],
      counts: { individuals: 20, entities: 12, aircraft: 3 },
    },
    source: {
      publisher: 'Foreign Policy News',
      title: 'Lithuania’s connivance in boosting Belarus’ dictatorship',
      publishedAt: '2022-03-07',
      row: 'S3.1',
    },
    attribution: { claimant: 'us.ofac', standing: 'act', reliability: 'C1' },
  },
});
