import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatInstant, type Range } from '#time';
import type { Span } from '#timeline';
import {
  explain,
  explainPart,
  Views,
  type ExplainedEffect,
  type Explanation,
  type Found,
  type PartialExplanation,
  type View,
} from '#views';
import type { ReadCut } from '../reading/cuts.js';
import { questionOf, untilStanding } from '../reading/question.js';
import { isWeighable, refuseAspect } from './weighable.js';

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
  /** How many effects there are; of a subject with too many to weigh at once, one for each of their spans. */
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
    const weigh = isWeighable(explained, view, id) ? weighAll : explainPart;
    const { effects, total, ...answered } = weigh(explained, view, id, questionOf(cut), aspect, page);
    if (total === 0 && aspect !== undefined) throw refuseAspect(view, id, aspect);
    const end = page.after + page.limit;
    return { sequence, ...answered, effects: effects.map(written), total, next: end < total ? end : null };
  }
}

/** A page of all, the strongest verdicts first. */
function weighAll(
  ...[explained, view, id, question, aspect, page]: Parameters<typeof explainPart>
): PartialExplanation {
  const { effects, ...answered } = explain(explained, view, id, question, aspect);
  const shown = effects.slice(page.after, page.after + page.limit);
  return { ...answered, effects: shown, total: effects.length };
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
