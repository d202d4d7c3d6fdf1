import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatInstant, type Range } from '#time';
import type { Span } from '#timeline';
import { explain, Views, type ExplainedEffect, type Explanation, type Found, type View } from '#views';
import type { ReadCut } from '../reading/cuts.js';
import { questionOf, untilStanding } from '../reading/question.js';
import { assertWeighable, refuseAspect } from './weighable.js';

export interface Page {
  /** How many to leave out. */
  readonly after: number;
  readonly limit: number;
}

export interface AnsweredExplanation {
  readonly sequence: number;
  readonly answer: Explanation['answer'];
  readonly found: readonly Found[];
  readonly effects: readonly object[];
  /** How many effects were weighed. */
  readonly total: number;
  readonly next: number | null;
}

/** Every effect that was weighed for a question about a subject, or about one aspect of it. */
export class ReadExplanation extends Query<AnsweredExplanation> {
  constructor(
    readonly view: View,
    readonly id: string,
    readonly aspect: string | undefined,
    readonly cut: ReadCut,
    readonly page: Page,
  ) {
    super();
  }
}

@QueryHandler(ReadExplanation)
export class ReadExplanationHandler implements IQueryHandler<ReadExplanation> {
  constructor(private readonly views: Views) {}

  async execute({ view, id, aspect, cut, page }: ReadExplanation): Promise<AnsweredExplanation> {
    await untilStanding(this.views, cut);
    const { explained, sequence } = this.views;
    assertWeighable(explained, view, id);
    const { effects, ...answered } = explain(explained, view, id, questionOf(cut), aspect);
    if (effects.length === 0 && aspect !== undefined) throw refuseAspect(view, id, aspect);
    const end = page.after + page.limit;
    return {
      sequence,
      ...answered,
      effects: effects.slice(page.after, end).map(written),
      total: effects.length,
      next: end < effects.length ? end : null,
    };
  }
}

/** Instants as text, sequences as `@<sequence>`. */
function written({ from, until, reported, recorded, ...effect }: ExplainedEffect): object {
  return {
    ...effect,
    from: rangeText(from),
    ...(until && { until: rangeText(until) }),
    reported: spanText(reported, formatInstant),
    recorded: spanText(recorded, (sequence) => `@${sequence}`),
  };
}

function rangeText({ earliest, latest }: Range): object {
  return { earliest: formatInstant(earliest), latest: formatInstant(latest) };
}

function spanText({ from, until }: Span, write: (bound: number) => string): object {
  return { from: write(from), until: until === undefined ? null : write(until) };
}
