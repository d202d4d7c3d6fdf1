import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatInstant } from '#time';
import { historyOf, Views, type HistoryAsked, type View } from '#views';
import type { ReadCut } from '../reading/cuts.js';
import { questionOf, untilStanding } from '../reading/question.js';
import { assertWeighable } from './weighable.js';

export interface AnsweredHistory {
  readonly sequence: number;
  readonly changes: readonly object[];
  readonly next: string | null;
}

/** How the answer to a question about a subject changed as knowledge grew. */
export class ReadHistory extends Query<AnsweredHistory> {
  constructor(
    readonly view: View,
    readonly id: string,
    readonly cut: ReadCut,
    readonly asked: HistoryAsked,
  ) {
    super();
  }
}

@QueryHandler(ReadHistory)
export class ReadHistoryHandler implements IQueryHandler<ReadHistory> {
  constructor(private readonly views: Views) {}

  async execute({ view, id, cut, asked }: ReadHistory): Promise<AnsweredHistory> {
    await untilStanding(this.views, cut);
    const { explained, sequence } = this.views;
    assertWeighable(explained, view, id);
    const { changes, next } = historyOf(explained, view, id, questionOf(cut), asked);
    const text = (at: number): string => (asked.axis === 'reported' ? formatInstant(at) : `@${at}`);
    return {
      sequence,
      changes: changes.map(({ at, ...change }) => ({ at: text(at), ...change })),
      next: next === undefined ? null : text(next),
    };
  }
}
