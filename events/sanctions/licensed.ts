import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, Text } from '../field.js';
import { measureSubject } from '../kinds.js';

/** The issuer allows a part of the forbidden acts from `occurred` to `until`. */
export class SanctionsLicensed extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Id('The licence, such as `gl-4`.')
  licence!: string;

  @Text('The dealings that it allows.', 500)
  covers!: string;
}

export const sanctionsLicensed = eventType<SanctionsLicensed>({
  type: 'sanctions.licensed',
  version: 1,
  means: 'The issuer allows, for a time, some dealings that its measure forbids.',
  doesNotMean: 'That the measure was lifted or changed.',
  data: SanctionsLicensed,
  subject: measureSubject,
  effects: (development) => {
    const { measure, licence, covers } = development.data;
    const subject = streamOf(measureSubject({ measure }));
    const valid = { status: 'valid', covers };
    return [
      holds(development, subject, `licence/${licence}`, 'authority', valid, { status: 'expired', covers }),
    ];
  },
  example: {
    type: 'sanctions.licensed',
    occurred: '2021-08-09',
    until: '2021-12-08',
    reportedAt: '2021-12-02',
    data: { measure: 'us.belaruskali', licence: 'gl-4', covers: 'winding down dealings with Belaruskali' },
    source: {
      publisher: 'Thompson Hine',
      title: 'New Belarus designations',
      url: 'https://thompsonhinesmartrade.com/2021/12/',
      publishedAt: '2021-12-02',
    },
    attribution: { claimant: 'us.ofac', standing: 'act', reliability: 'B1' },
  },
});
