import type { ReportedTime, StatedEffect } from '../development.js';
import { Data } from '../data.js';
import { announcedBefore, eventType, holds, defined, rangeOf, streamOf } from '../event-type.js';
import { Id, Optional, Text, Time } from '../field.js';
import { measureSubject } from '../kinds.js';

/** A measure was adopted; it applies from `occurred` to `until`. */
export class SanctionsAdopted extends Data {
  @Id('The measure.', 'measure')
  measure!: string;

  @Text('The regime of the measure, such as `EU restrictive measures, Belarus`.')
  regime!: string;

  @Id('The actor that adopted it.', 'actor')
  issuer!: string;

  @Optional()
  @Text('The act and article.')
  legalBasis?: string;

  @Optional()
  @Time('When it was adopted, if that was before it applied.')
  adoptedAt?: ReportedTime;

  @Optional()
  @Text('The goods, people or dealings under the measure.', 500)
  scope?: string;
}

export const sanctionsAdopted = eventType<SanctionsAdopted>({
  type: 'sanctions.adopted',
  version: 1,
  means: 'A measure was adopted. It applies from `occurred` on, up to `until` if the act has an end.',
  doesNotMean: 'That its enforcement began on the same day; that its later phases apply already.',
  data: SanctionsAdopted,
  subject: measureSubject,
  effects: (development) => {
    const { measure, regime, issuer, legalBasis, adoptedAt, scope } = development.data;
    const subject = streamOf(measureSubject({ measure }));
    const about = { regime, issuer, legalBasis, scope };
    const effects: StatedEffect[] = [];
    const announced = adoptedAt && announcedBefore(rangeOf(adoptedAt), development.occurred);
    if (announced) {
      const value = defined({ status: 'announced', ...about });
      effects.push({ subject, aspect: 'status', rule: 'authority', value, from: announced });
    }
    const inForce = { status: 'inForce', ...about };
    effects.push(
      holds(development, subject, 'status', 'authority', inForce, { status: 'expired', ...about }),
    );
    return effects;
  },
  example: {
    type: 'sanctions.adopted',
    occurred: '2022-06-17',
    reportedAt: '2022-07-11',
    data: {
      measure: 'eu.russia-goods',
      regime: 'EU restrictive measures, Russia',
      issuer: 'eu.council',
      legalBasis: 'Regulation (EU) 833/2014',
      adoptedAt: '2022-03-15',
      scope: 'goods that may not be imported or carried through the Union',
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      row: 'S0.3',
    },
    attribution: { claimant: 'eu.council', standing: 'act', reliability: 'B2' },
  },
});
