import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { formatInstant, formatRange, type InstantText, type RangeText } from '#time';
import type { Because, EventId, Reliability, Span, Standing } from '#timeline';
import {
  Views,
  type ExplainedEffect,
  type Explanation,
  type Found,
  type Verdict,
  type ViewName,
  type WholeNumber,
} from '#views';
import { EVENT_LOG } from '../provided.js';
import type { SequenceText, WithBasis } from '../reading/basis.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilViewsReach, viewOf, computeInTurns } from '../reading/question.js';
import { assertKnown, refuseAspect } from './weighable.js';

interface PageOfEffects {
  /** The number of effects to skip. */
  readonly after: number;
  readonly limit: number;
}

/** The explanation of an answer. */
export interface ExplanationAnswer extends WithBasis {
  readonly answer: Explanation['answer'];
  readonly found: readonly Found[];
  /** By verdict, then the latest start first; for a subject with over 20,000 effects see the operation. */
  readonly effects: readonly WeighedEffect[];
  /** The number of effects; over 20,000, a corrected effect may count more than once. */
  readonly total: WholeNumber;
  /** The `after` of the next page; null: this page is the last. */
  readonly next: WholeNumber | null;
}

/** An effect that was weighed for an answer. */
export interface WeighedEffect {
  readonly aspect: string;
  /** The event that asserts it. */
  readonly event: EventId;
  readonly verdict: Verdict;
  /** The events that overlay, corrected or retracted it. */
  readonly by?: readonly EventId[];
  /** The value that it asserts. */
  readonly value: unknown;
  readonly from: RangeText;
  readonly until?: RangeText;
  /** The value from `until` on. */
  readonly then?: unknown;
  /** The id of the claimant. */
  readonly claimant: string;
  readonly standing: Standing;
  readonly reliability: Reliability;
  readonly because: Because;
  /** When it was public; `until` is exclusive; null: without end. */
  readonly reported: { readonly from: InstantText; readonly until: InstantText | null };
  /** When the log had it; `until` is exclusive; null: without end. */
  readonly recorded: { readonly from: SequenceText; readonly until: SequenceText | null };
}

type AnsweredExplanation = Omit<ExplanationAnswer, 'basis'> & { readonly sequence: number };

/** Every effect that was weighed for a question about a subject, or about one aspect of it. */
export class ReadExplanation extends Query<AnsweredExplanation> {
  constructor(
    readonly view: ViewName,
    readonly id: string,
    readonly aspect: string | undefined,
    readonly cut: ReadCut,
    readonly page: PageOfEffects,
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

  async execute({
    view: name,
    id,
    aspect,
    cut,
    page,
    signal,
  }: ReadExplanation): Promise<AnsweredExplanation> {
    const view = viewOf(name);
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    assertKnown(views.explained, view, id);
    const { result, sequence } = await computeInTurns(views, this.log.turns, [cut], { signal }, (question) =>
      views.explanations.page(view, id, question, aspect, page),
    );
    const { effects, total, ...answered } = result;
    if (total === 0 && aspect !== undefined) throw refuseAspect(view, id, aspect);
    const end = page.after + page.limit;
    return { sequence, ...answered, effects: effects.map(written), total, next: end < total ? end : null };
  }
}

/** Instants as text, sequences as `@<sequence>`. */
function written({ from, until, reported, recorded, ...effect }: ExplainedEffect): WeighedEffect {
  return {
    ...effect,
    from: formatRange(from),
    ...(until && { until: formatRange(until) }),
    reported: spanText(reported, formatInstant),
    recorded: spanText(recorded, (sequence) => `@${sequence}`),
  };
}

function spanText(
  { from, until }: Span,
  write: (bound: number) => string,
): { readonly from: string; readonly until: string | null } {
  return { from: write(from), until: until === undefined ? null : write(until) };
}
