import type { ReportedTime } from '../development.js';
import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Nested, Optional, Text, Time, Whole } from '../field.js';
import { measureSubject } from '../kinds.js';

export class Listed {
  @Optional()
  @Whole('People.')
  individuals?: number;

  @Optional()
  @Whole('Firms and other bodies.')
  entities?: number;
}

/** A measure continues to apply, from `occurred` to `until`. */
export class SanctionsRenewed extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Optional()
  @Time('When it was decided, if that was before the new term began.')
  decidedAt?: ReportedTime;

  @Optional()
  @Text('The act and article.')
  legalBasis?: string;

  @Optional()
  @Nested(Listed, 'The number of entries on the list after the renewal.')
  listed?: Listed;

  @Optional()
  @Text('The changes, if there were any.', 500)
  changes?: string;
}

export const sanctionsRenewed = eventType<SanctionsRenewed>({
  type: 'sanctions.renewed',
  version: 1,
  means: 'A measure continues to apply for another term.',
  doesNotMean: 'That it is unchanged; that it is new.',
  data: SanctionsRenewed,
  subject: measureSubject,
  effects: (development) => {
    const { measure, legalBasis, listed, changes } = development.data;
    const inForce = { status: 'inForce', legalBasis, listed, changes };
    const expired = { status: 'expired', legalBasis };
    return [
      holds(development, streamOf(measureSubject({ measure })), 'status', 'authority', inForce, expired),
    ];
  },
  example: {
    type: 'sanctions.renewed',
    occurred: '2026-02-28',
    until: '2027-02-28',
    reportedAt: '2026-02-26',
    data: {
      measure: 'eu.belarus',
      decidedAt: '2026-02-26',
      legalBasis: 'Decision 2012/642/CFSP',
      listed: { individuals: 312, entities: 57 },
    },
    source: {
      publisher: 'Report',
      title: 'EU extends sanctions on Belarus',
      url: 'https://report.az/en/other-countries/eu-extends-sanctions-on-belarus',
      publishedAt: '2026-02-26',
    },
    attribution: { claimant: 'eu.council', standing: 'act', reliability: 'B2' },
  },
});
