import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { formatInstant, type DayEnd } from '#time';
import { Views, type ItemCounts, type ViewName } from '#views';
import { EVENT_LOG } from '../provided.js';
import type { ReadCut } from '../reading/cuts.js';
import { untilViewsReach, viewOf, computeInTurns } from '../reading/question.js';
import type { SeriesPoint } from './answers.js';

export class ReadSeries extends Query<{ readonly items: readonly SeriesPoint[]; readonly sequence: number }> {
  constructor(
    readonly view: ViewName,
    /** The `asOf` of the cut does not count. */
    readonly cut: ReadCut,
    readonly filters: Readonly<Record<string, string>>,
    readonly days: readonly DayEnd[],
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ReadSeries)
export class ReadSeriesHandler implements IQueryHandler<ReadSeries> {
  constructor(
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  async execute({
    view,
    cut,
    filters,
    days,
    signal,
  }: ReadSeries): Promise<{ items: SeriesPoint[]; sequence: number }> {
    await untilViewsReach(this.views, [cut], signal);
    const { views } = this;
    const instants = days.map(({ end }) => end);
    const { result, sequence } = await computeInTurns(
      views,
      this.log.turns,
      [cut],
      { signal },
      ({ asOf: _, ...scope }) => views.state.series(viewOf(view), scope, filters, instants),
    );
    return { items: pointsOf(days, result), sequence };
  }
}

function pointsOf(days: readonly DayEnd[], counted: readonly ItemCounts[]): SeriesPoint[] {
  const statuses = [...new Set(counted.flatMap(({ counts }) => [...counts.keys()]))].sort();
  return counted.map(({ total, uncertain, counts }, n) => ({
    date: days[n]!.date,
    at: formatInstant(days[n]!.end),
    total,
    uncertain,
    counts: Object.fromEntries(statuses.map((status) => [status, counts.get(status) ?? 0])),
  }));
}
