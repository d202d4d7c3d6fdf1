import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { formatInstant } from '#time';
import type { EventId } from '#timeline';
import { Views, type HistoryAsked, type Piece, type ViewName } from '#views';
import { EVENT_LOG } from '../provided.js';
import type { WithBasis } from '../reading/basis.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilViewsReach, viewOf, computeInTurns } from '../reading/question.js';
import { assertWeighable } from './weighable.js';

/** The changes of the answer to a question as knowledge grew. */
export interface HistoryAnswer extends WithBasis {
  /** In the order in which they became known. */
  readonly changes: readonly AnswerChange[];
  /** The `after` of the next page; null: this page is the last. */
  readonly next: string | null;
}

/** A change of an answer. */
export interface AnswerChange {
  /** Its place on the axis of the question: an instant, or `@<sequence>`. */
  readonly at: string;
  readonly answer: Piece;
  /** The events behind the change. */
  readonly events: readonly EventId[];
}

type AnsweredHistory = Omit<HistoryAnswer, 'basis'> & { readonly sequence: number };

/** The changes of the answer to a question about a subject as knowledge grew. */
export class ReadHistory extends Query<AnsweredHistory> {
  constructor(
    readonly view: ViewName,
    readonly id: string,
    readonly cut: ReadCut,
    readonly asked: HistoryAsked,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadHistory)
export class ReadHistoryHandler implements IQueryHandler<ReadHistory> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ view: name, id, cut, asked, signal }: ReadHistory): Promise<AnsweredHistory> {
    const view = viewOf(name);
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    assertWeighable(views.explained, view, id);
    const { result, sequence } = await computeInTurns(views, this.log.turns, [cut], { signal }, (question) =>
      views.explanations.history(view, id, question, asked),
    );
    const { changes, next } = result;
    const text = (at: number): string => (asked.axis === 'reported' ? formatInstant(at) : `@${at}`);
    return {
      sequence,
      changes: changes.map(({ at, ...change }) => ({ at: text(at), ...change })),
      next: next === undefined ? null : text(next),
    };
  }
}
