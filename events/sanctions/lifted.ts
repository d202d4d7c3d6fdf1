import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Optional, Text } from '../field.js';
import { measureSubject } from '../kinds.js';

/** From `occurred` on, a measure no longer applies. */
export class SanctionsLifted extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Optional()
  @Text('The lifted part, in the words of the act.', 500)
  scope?: string;
}

export const sanctionsLifted = eventType<SanctionsLifted>({
  type: 'sanctions.lifted',
  version: 1,
  means: 'The measure was lifted before its end, and no longer applies.',
  doesNotMean:
    'That a licence was given (sanctions.licensed); that other measures on the same people or goods ended.',
  data: SanctionsLifted,
  subject: measureSubject,
  effects: (development) => {
    const { measure, scope } = development.data;
    return [
      holds(development, streamOf(measureSubject({ measure })), 'status', 'authority', {
        status: 'lifted',
        scope,
      }),
    ];
  },
  example: {
    type: 'sanctions.lifted',
    occurred: '2025-12-15',
    reportedAt: '2025-12-15',
    data: { measure: 'us.belaruskali', scope: 'dealings in Belarusian potash' },
    source: {
      publisher: 'Global Banking & Finance',
      title: 'US eases Belarus potash sanctions',
      url: 'https://globalbankingandfinance.com/usa-belarus-potash',
      publishedAt: '2025-12-15',
    },
    attribution: { claimant: 'us.ofac', standing: 'act', reliability: 'B2' },
  },
});
