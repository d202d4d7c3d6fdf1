import { Data } from '../data.js';
import { eventType, holds, streamOf } from '../event-type.js';
import { Id, ListOf, OneOf, Optional } from '../field.js';
import { conditionSubject } from '../kinds.js';

export class RequirementOutcome {
  @Id('The requirement.')
  id!: string;

  @OneOf(['met', 'unmet'], 'The outcome of the condition.')
  outcome!: 'met' | 'unmet';
}

/** A condition no longer waits to be met. */
export class CrossingConditionsSettled extends Data {
  @Id('The condition.', 'condition')
  condition!: string;

  @OneOf(
    ['met', 'abandoned', 'withdrawn'],
    'Abandoned: the promise was carried out, although not all requirements were met.',
  )
  outcome!: 'met' | 'abandoned' | 'withdrawn';

  @Optional()
  @ListOf(RequirementOutcome, 'The outcome of each requirement.')
  requirements?: RequirementOutcome[];
}

export const crossingConditionsSettled = eventType<CrossingConditionsSettled>({
  type: 'crossing.conditions-settled',
  version: 1,
  means: 'A condition is no longer open: it was met, or its party abandoned or withdrew it.',
  doesNotMean: 'That a crossing opened; that abandoned conditions were met.',
  data: CrossingConditionsSettled,
  subject: conditionSubject,
  effects: (development) => {
    const { outcome, requirements } = development.data;
    const subject = streamOf(conditionSubject(development.data));
    return [holds(development, subject, 'status', 'authority', { status: outcome, requirements })];
  },
  example: {
    type: 'crossing.conditions-settled',
    occurred: '2025-11-20',
    reportedAt: '2025-11-25/2025-11-26',
    data: {
      condition: 'lt.reopening-2025',
      outcome: 'abandoned',
      requirements: [{ id: 'trucks', outcome: 'unmet' }],
      summary: 'The border opened ahead of time while the trucks still could not leave.',
    },
    source: {
      publisher: 'Reform.news',
      title: 'Budrys on why Minsk wants the foreign ministries to talk (the copy read has no headline)',
      publishedAt: '2025-11-25/2025-11-26',
      row: 'S2.8',
    },
    attribution: { claimant: 'reform.news', standing: 'observation', reliability: 'B2' },
  },
});
