import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, OneOf } from '../field.js';
import { warningSubject } from '../kinds.js';

const OUTCOMES = ['met', 'withdrawn', 'carriedOut', 'lapsed'] as const;

/** A warning no longer applies. */
export class WarningResolved extends Data {
  @Id('The warning.', 'warning')
  warning!: string;

  @OneOf(OUTCOMES, 'Met: the warned parties met the demand; carriedOut: the threat became true.')
  outcome!: (typeof OUTCOMES)[number];
}

export const warningResolved = eventType<WarningResolved>({
  type: 'warning.resolved',
  version: 1,
  means: 'A warning is over: it was met, withdrawn or carried out, or nothing happened.',
  doesNotMean: 'That the outcome came about because of the warning.',
  data: WarningResolved,
  subject: warningSubject,
  effects: (development) => {
    const { outcome } = development.data;
    return [
      holds(development, streamOf(warningSubject(development.data)), 'status', 'authority', {
        status: outcome,
      }),
    ];
  },
  example: {
    type: 'warning.resolved',
    occurred: '2022-07-22',
    reportedAt: '2022-07-22',
    data: {
      warning: 'ru.kaliningrad-2022-07-08',
      outcome: 'met',
      summary: 'Rail transit resumes under the Commission’s guidance.',
    },
    source: {
      publisher: 'News.am',
      title: 'Rail transit to Kaliningrad resumes',
      url: 'https://news.am/eng/news/713170.html',
      publishedAt: '2022-07-22',
    },
    attribution: { claimant: 'news.am', standing: 'observation', reliability: 'C3' },
  },
});
