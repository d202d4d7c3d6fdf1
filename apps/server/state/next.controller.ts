import { Controller, Get, Inject, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { formatInstant, LATEST, parseInstant, TimeError } from '#time';
import {
  columnsFor,
  VIEWS,
  type Piece,
  type Upcoming,
  type UpcomingAsked,
  type UpcomingPlace,
  type View,
} from '#views';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { EVENT_LOG } from '../provided.js';
import { answered, AnswerInterceptor, type Answer } from '../reading/answer.js';
import type { Basis } from '../reading/basis.js';
import { Gone } from '../reading/client.js';
import { basisOf, CUT, Cuts } from '../reading/cuts.js';
import {
  choices,
  duration,
  list,
  number,
  QueryParameters,
  text,
  type InForm,
  type Parsed,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { VIEW_NAMES, viewOf } from '../reading/question.js';
import { contentIn, LINK, TABLE_FORMS, tableAnswered, type TableForm } from '../reading/tables.js';
import type { ComingNext, SaidOfSubject } from './coming-next.js';
import { filtersBeside, filtersAsked } from './filters-of-views.js';
import { ReadNext } from './read-next.js';
import { addressOf } from './view-query.js';

const NEXT = {
  ...CUT,
  view: choices(VIEW_NAMES, 'views, comma-separated; default all', 'crossings'),
  within: duration(
    'only changes within this time after `asOf`: an ISO 8601 duration in weeks, days and hours',
    'P7D',
  ),
  subject: list('the ids of subjects, comma-separated', 'lt-by.medininkai'),
  limit: number('how many, 1 to 1000; default 100', { least: 1, most: 1000 }),
  after: text('a place in the order: `<instant>/<view>/<subject>`. The `next` of a page has it.'),
};

const FILTERS = filtersBeside(NEXT);

const ASKED = { ...FILTERS, ...NEXT };

const SAID = { status: 'text', value: 'text', certain: 'text', possible: 'text', claimed: 'text' } as const;

const COLUMNS = columnsFor<ComingNext>({
  at: 'text',
  view: 'text',
  subject: 'text',
  before: SAID,
  after: SAID,
  because: 'text',
});

const MOST_SUBJECTS = 1000;

@ApiTags('Reading')
@Controller('v1/next')
@UseInterceptors(AnswerInterceptor)
export class NextController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    @Inject(EVENT_LOG) private readonly log: EventLog,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What changes next',
    description:
      'For each subject, the first change after `asOf` that is known at the cut: an announced end, a later phase, a deadline. It is at the first instant at which the timeline has another state; where that instant is vague, at the first instant at which it may have another state. The earliest changes come first. Filters need one `view`: they select the subjects that its list has at `asOf`.',
  })
  @ApiProduces(...TABLE_FORMS.map(({ type }) => type))
  @ApiResponse({
    status: 200,
    description: 'The changes, by instant.',
    headers: LINK,
    content: contentIn(TABLE_FORMS, ref('NextChanges'), COLUMNS),
  })
  async next(
    @QueryParameters(ASKED, TABLE_FORMS) asked: InForm<Parsed<typeof NEXT>, TableForm>,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const views = asked.view ? [...new Set(asked.view)].map(viewOf) : VIEWS;
    const filters = filtersOf(views, asked);
    const after = asked.after === undefined ? undefined : placeIn(asked.after);
    const cut = await this.cuts.resolved(asked);
    const { subject: subjects, within, limit = 100 } = asked;
    if (subjects && subjects.length > MOST_SUBJECTS)
      throw badParameter('subject', `Name ${MOST_SUBJECTS} subjects at most.`);
    const to = within === undefined ? LATEST : Math.min(LATEST, cut.asOf + within);
    const found = await this.queries.execute(
      new ReadNext(cut, { views, filters, subjects, to, after, limit }, gone),
    );
    const basis = basisOf(cut, found.sequence);
    const items = found.items.map(itemOf);
    const last = found.more ? found.items.at(-1) : undefined;
    const next = last && nextUpcoming(asked, filters, basis, last);
    const headers = next === undefined ? {} : { link: `<${next}>; rel="next"` };
    const answer =
      asked.form.name === 'csv'
        ? await tableAnswered(this.log.turns, COLUMNS, items, cut.pinned, gone)
        : answered({ basis, ...(next !== undefined && { next }), items }, cut.pinned);
    return { ...answer, headers };
  }
}

/** Throws Problem `invalid-parameter`. */
function filtersOf(views: readonly View[], asked: object): UpcomingAsked['filters'] {
  const [only, ...others] = views;
  if (only && others.length === 0) return filtersAsked(FILTERS, only, asked as Record<string, unknown>);
  const given = Object.keys(FILTERS).find((name) => (asked as Record<string, unknown>)[name] !== undefined);
  if (given !== undefined) throw badParameter(given, 'A filter is of one view: name it with `view`.');
  return {};
}

/** Throws Problem `invalid-parameter`. */
function placeIn(given: string): UpcomingPlace {
  const [, at = '', name = '', subject = ''] = /^([^/]+)\/([^/]+)\/(.+)$/.exec(given) ?? [];
  const view = VIEWS.find((one) => one.name === name);
  try {
    if (view !== undefined) return { at: parseInstant(at), category: view.category, subject };
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
  }
  throw badParameter(
    'after',
    'It must be a place, such as 2025-11-29T22:00:00.000Z/crossings/lt-by.medininkai.',
  );
}

function itemOf(change: Upcoming): ComingNext {
  const { at, view, subject, before, after, because } = change;
  return {
    at: formatInstant(at),
    view: view.name,
    subject,
    before: saidIn(before),
    after: saidIn(after),
    because,
  };
}

function saidIn({ status, value, certain, possible, claimed }: Piece): SaidOfSubject {
  return {
    ...(status !== undefined && { status }),
    ...(value !== undefined && { value }),
    certain,
    ...(possible && { possible }),
    ...(claimed && { claimed }),
  };
}

/** The address of the next page: the same question with its basis, so that all pages are of one answer. */
function nextUpcoming(
  { view, subject, within, limit, accordingTo, minReliability, form }: InForm<Parsed<typeof NEXT>, TableForm>,
  filters: UpcomingAsked['filters'],
  { asOf, knownAt, sequence, zone }: Basis,
  last: Upcoming,
): string {
  return addressOf('/v1/next', {
    view: view?.join(),
    ...filters,
    subject: subject?.join(),
    within: within === undefined ? undefined : `PT${Math.floor(within / 1000)}S`,
    accordingTo,
    minReliability,
    format: form.name === 'csv' ? form.name : undefined,
    asOf,
    knownAt: knownAt ?? undefined,
    recordedAt: `@${sequence}`,
    zone,
    limit: limit === undefined ? undefined : String(limit),
    after: `${formatInstant(last.at)}/${last.view.name}/${last.subject}`,
  });
}
