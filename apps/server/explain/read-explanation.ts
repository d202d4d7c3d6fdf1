import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import type { Pieces } from '#runtime';
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
import { EVENT_LOG } from '../provided.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilStanding, workOut } from '../reading/question.js';
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
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadExplanation)
export class ReadExplanationHandler implements IQueryHandler<ReadExplanation> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ view, id, aspect, cut, page, signal }: ReadExplanation): Promise<AnsweredExplanation> {
    await untilStanding(this.views, [cut], signal);
    const { views } = this;
    const weigh = isWeighable(views.explained, view, id) ? weighAll : explainPart;
    const { result, sequence } = await workOut(views, this.log.turns, [cut], signal, (question) =>
      weigh(views.explained, view, id, question, aspect, page),
    );
    const { effects, total, ...answered } = result;
    if (total === 0 && aspect !== undefined) throw refuseAspect(view, id, aspect);
    const end = page.after + page.limit;
    return { sequence, ...answered, effects: effects.map(written), total, next: end < total ? end : null };
  }
}

/** A page of all, the strongest verdicts first. */
function* weighAll(
  ...[explained, view, id, question, aspect, page]: Parameters<typeof explainPart>
): Pieces<PartialExplanation> {
  const { effects, ...answered } = yield* explain(explained, view, id, question, aspect);
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
