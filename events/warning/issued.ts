import type { ReportedTime } from '../development.js';
import { Data } from '../data.js';
import { eventType, holds, rangeOf, streamOf } from '../event-type.js';
import { Id, Ids, Optional, Text, Time } from '../field.js';
import { warningSubject } from '../kinds.js';

/** One party tells others what it will do, mostly unless they yield. */
export class WarningIssued extends Data {
  @Id('The warning.', 'warning')
  warning!: string;

  @Id('Who warns.', 'actor')
  issuer!: string;

  @Ids('The warned parties.', 'actor')
  addressees!: string[];

  @Optional()
  @Text('The demand.', 500)
  demand?: string;

  @Text('The threat, if the demand is not met.', 500)
  threat!: string;

  @Optional()
  @Time('The deadline; only its words, if they fix no time.', 'end', true)
  deadline?: ReportedTime | { readonly text: string };

  @Optional()
  @Text('The event that would trigger the threat, if it is not the unmet demand.', 500)
  condition?: string;
}

export const warningIssued = eventType<WarningIssued>({
  type: 'warning.issued',
  version: 1,
  means: 'One party announced to others what it will do, usually if they do not meet a demand.',
  doesNotMean:
    'That it will, or can, do so. After the deadline the warning has lapsed; this does not mean that the demand was met.',
  data: WarningIssued,
  subject: warningSubject,
  effects: (development) => {
    const { issuer, addressees, demand, threat, deadline, condition } = development.data;
    const about = { issuer, addressees, demand, threat, deadline, condition };
    const until = deadline && 'edtf' in deadline ? rangeOf(deadline) : development.until;
    return [
      holds(
        { occurred: development.occurred, ...(until && { until }) },
        streamOf(warningSubject(development.data)),
        'status',
        'authority',
        { status: 'pending', ...about },
        { status: 'lapsed', ...about },
      ),
    ];
  },
  example: {
    type: 'warning.issued',
    occurred: { edtf: '2022-07-08', zone: 'Europe/Moscow', text: 'Friday' },
    reportedAt: '2022-07-11',
    data: {
      warning: 'ru.kaliningrad-2022-07-08',
      issuer: 'ru.foreign-ministry',
      addressees: ['lt', 'eu'],
      demand: 'transit to Kaliningrad is fully resumed',
      threat: 'harsh measures',
      deadline: { text: 'within the coming days' },
    },
    source: {
      publisher: 'Newsweek',
      title: "Putin and Lukashenko Planning 'Joint Response' to Lithuania Blockade",
      publishedAt: '2022-07-11',
      quote: 'within the coming days',
      row: 'S0.7',
    },
    attribution: { claimant: 'ru.foreign-ministry', standing: 'act', reliability: 'B1' },
  },
});
