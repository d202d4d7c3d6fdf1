import { Controller, Get, Inject, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { lastDays, STEPS, type DayEnd } from '#time';
import { columnsFor } from '#views';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { EVENT_LOG } from '../provided.js';
import { answered, AnswerInterceptor, type Answer } from '../reading/answer.js';
import { Gone } from '../reading/client.js';
import { basisOf, CUT, Cuts } from '../reading/cuts.js';
import { choice, date, needed, QueryParameters, type InForm, type Parsed } from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { VIEW_NAMES, viewOf } from '../reading/question.js';
import { contentIn, TABLE_FORMS, tableAnswered, type TableForm } from '../reading/tables.js';
import type { SeriesPoint } from './answers.js';
import { filtersBeside, filtersAsked } from './filters-of-views.js';
import { ReadSeries } from './read-series.js';

/** Days of a series: ten years by day. */
const MOST_DAYS = 3_700;

const { asOf: _, ...CUT_BUT_AS_OF } = CUT;

const SERIES = {
  ...CUT_BUT_AS_OF,
  view: needed(choice(VIEW_NAMES, 'the view whose items are counted')),
  from: needed(date('the first day', '2025-10-01')),
  to: needed(date('the last day, included', '2025-11-30')),
  step: choice(STEPS, 'the step: each day (default), or the last day of each week or month'),
  by: choice(['status'], 'the member to count by; for claims, the status is the verdict'),
};

const FILTERS = filtersBeside(SERIES);

const ASKED = { ...FILTERS, ...SERIES };

const POINT_COLUMNS = columnsFor<SeriesRow>({
  date: 'text',
  at: 'text',
  status: 'text',
  count: 'text',
  total: 'text',
  uncertain: 'text',
});

/** A row of the table: a status on a day. */
interface SeriesRow extends Omit<SeriesPoint, 'counts'> {
  readonly status: string;
  readonly count: number;
}

@ApiTags('Reading')
@Controller('v1/series')
@UseInterceptors(AnswerInterceptor)
export class SeriesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'How many items a view had over time',
    description:
      'The items that match the filters, counted by status at the end of each day, week or month, as known at the cut. Each count is the count of the list with that day as `asOf`.',
  })
  @ApiProduces(...TABLE_FORMS.map(({ type }) => type))
  @ApiResponse({
    status: 200,
    description: 'The counts by day; as CSV, a row for each day and status.',
    content: contentIn(TABLE_FORMS, ref('Series'), POINT_COLUMNS),
  })
  async series(
    @QueryParameters(ASKED, TABLE_FORMS) asked: InForm<Parsed<typeof SERIES>, TableForm>,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const view = viewOf(asked.view);
    const filters = filtersAsked(FILTERS, view, asked);
    const cut = await this.cuts.resolved(asked);
    const query = new ReadSeries(view.name, cut, filters, daysIn(asked, cut.zone), gone);
    const { items, sequence } = await this.queries.execute(query);
    if (asked.form.name === 'csv')
      return tableAnswered(this.log.turns, POINT_COLUMNS, items.flatMap(rowsOf), cut.pinned, gone);
    return answered({ basis: basisOf(cut, sequence), view: view.name, items }, cut.pinned);
  }
}

/** Throws Problem `invalid-parameter`. */
function daysIn({ from, to, step = 'day' }: Parsed<typeof SERIES>, zone: string): readonly DayEnd[] {
  if (from > to) throw badParameter('to', 'It must not be before `from`.');
  const days = lastDays({ from, to, step }, zone, MOST_DAYS);
  if (days === undefined)
    throw badParameter('step', `A series has at most ${MOST_DAYS} days: choose a longer step.`);
  return days;
}

function rowsOf({ counts, ...day }: SeriesPoint): SeriesRow[] {
  return Object.entries(counts).map(([status, count]) => ({ ...day, status, count }));
}
