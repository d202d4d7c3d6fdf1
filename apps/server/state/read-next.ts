import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { upcoming, Views, type Upcoming, type UpcomingAsked } from '#views';
import { EVENT_LOG } from '../provided.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilViewsReach, computeInTurns } from '../reading/question.js';

interface FoundNext {
  readonly items: readonly Upcoming[];
  readonly more: boolean;
  readonly sequence: number;
}

export class ReadNext extends Query<FoundNext> {
  constructor(
    readonly cut: ReadCut,
    readonly asked: UpcomingAsked,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadNext)
export class ReadNextHandler implements IQueryHandler<ReadNext> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({ cut, asked, signal }: ReadNext): Promise<FoundNext> {
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    const indexed = await this.log.sequenceAt(cut.asOf);
    const { result, sequence } = await computeInTurns(
      views,
      this.log.turns,
      [cut],
      { signal },
      (question) => {
        // The index has the bounds after `asOf` of the events that were recorded by then.
        const isIndexed = (question.recordedAt ?? views.sequence) <= indexed;
        return upcoming(views.state, isIndexed ? views.due : undefined, question, asked);
      },
    );
    return { ...result, sequence };
  }
}
