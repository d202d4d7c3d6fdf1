import type { ReportedTime } from '../development.js';
import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Time } from '../field.js';
import { measureSubject } from '../kinds.js';

/** A decision about a measure is due. */
export class SanctionsDecisionScheduled extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Id('The decision, unique within the measure.')
  decision!: string;

  @Time('When the decision is due.')
  due!: ReportedTime;
}

export const sanctionsDecisionScheduled = eventType<SanctionsDecisionScheduled>({
  type: 'sanctions.decision-scheduled',
  version: 1,
  means: 'A decision about a measure is due at `due`.',
  doesNotMean: 'What the decision will be; that it was taken when its time has passed.',
  data: SanctionsDecisionScheduled,
  subject: measureSubject,
  effects: (development) => {
    const { measure, decision, due } = development.data;
    const subject = streamOf(measureSubject({ measure }));
    return [holds(development, subject, `decision/${decision}`, 'authority', { status: 'due', due })];
  },
  example: {
    type: 'sanctions.decision-scheduled',
    reportedAt: '2025-11-25/2025-11-26',
    data: { measure: 'eu.belarus', decision: 'renewal-2026', due: '2026-02' },
    source: {
      publisher: 'Reform.news',
      title: 'Budrys on why Minsk wants the foreign ministries to talk (the copy read has no headline)',
      publishedAt: '2025-11-25/2025-11-26',
      row: 'S2.4',
    },
    attribution: { claimant: 'lt.budrys', standing: 'plan', reliability: 'B2' },
  },
});
