import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { answered, AnswerInterceptor, type Answer } from '../reading/answer.js';
import { Gone } from '../reading/client.js';
import { basisOf, CUT, Cuts } from '../reading/cuts.js';
import {
  QueryParameters,
  choice,
  needed,
  number,
  recorded,
  text,
  type Parsed,
  type RecordedBound,
} from '../reading/parameters.js';
import { VIEW_NAMES } from '../reading/question.js';
import { badParameter } from '../reading/query.js';
import { ReadExplanation } from './read-explanation.js';
import { ReadHistory } from './read-history.js';

const DEFAULT_LIMIT = 100;
const LARGEST_LIMIT = 1000;
const AXES = ['reported', 'recorded'] as const;

/** A question about one subject, and a page of the answer. */
const SUBJECT = {
  view: needed(choice(VIEW_NAMES)),
  subject: needed(text('the id of the item in that view', 'lt-by.medininkai')),
  aspect: text(
    'only this aspect and the aspects under it: `status` of a crossing is every `status/<side>/<mode>`; default all',
    'status',
  ),
  limit: number(`the greatest number, 1 to ${LARGEST_LIMIT}; default ${DEFAULT_LIMIT}`, {
    least: 1,
    most: LARGEST_LIMIT,
  }),
};

const EXPLAIN = {
  ...SUBJECT,
  after: number('the number of effects to skip: the `next` of the previous page'),
  ...CUT,
};

const HISTORY = {
  ...SUBJECT,
  axis: choice(
    AXES,
    'when reports became public (reported, default), or when this log recorded them (recorded)',
  ),
  after: recorded(
    'an instant, or @<sequence> on the recorded axis: only changes after it; the `next` of a page',
  ),
  ...CUT,
};

/** The answers of this controller are never pinned: events recorded after the cut are shown as not yet recorded. */
@ApiTags('Auditing')
@Controller('v1')
@UseInterceptors(AnswerInterceptor)
export class ExplainController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
  ) {}

  @Get('explain')
  @ApiOperation({
    summary: 'Explain an answer',
    description:
      'Every effect ever recorded about the subject, with its verdict at the cut: `holds`; `mayHold`, if possible worlds differ; `overlaid`; `claimsNotAsked`, because facts decide; `expired`; `notStarted`; `outOfVoice`, left out by `accordingTo` or `minReliability`; `corrected`; `retracted`; `notYetKnown`; `notYetRecorded`. `by` names the events that decided it. For a subject with over 20,000 effects, each page has the effects that hold, then others in the order of aspects, the latest start first.',
  })
  @ApiResponse({
    status: 200,
    description: 'The answer and its effects.',
    schema: ref('ExplanationAnswer'),
  })
  async explain(
    @QueryParameters(EXPLAIN) asked: Parsed<typeof EXPLAIN>,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const cut = await this.cuts.resolved(asked);
    const { view, subject, aspect, after = 0, limit = DEFAULT_LIMIT } = asked;
    const query = new ReadExplanation(view, subject, aspect, cut, { after, limit }, gone);
    const { sequence, ...explanation } = await this.queries.execute(query);
    return answered({ basis: basisOf(cut, sequence), ...explanation }, false);
  }

  @Get('answers/history')
  @ApiOperation({
    summary: 'How the answer to one question changed as knowledge grew',
    description:
      'The changes up to the cut. `answer` is the answer as of `asOf`, as known from `at` on; `events` are the events behind the change. A page may end before its limit: continue while there is a `next`.',
  })
  @ApiResponse({
    status: 200,
    description: 'The changes, each with its events.',
    schema: ref('HistoryAnswer'),
  })
  async history(
    @QueryParameters(HISTORY) asked: Parsed<typeof HISTORY>,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const cut = await this.cuts.resolved(asked);
    const { view, subject, aspect, axis = 'reported', limit = DEFAULT_LIMIT } = asked;
    const after = asked.after && placeOn(axis, asked.after);
    const page = {
      axis,
      limit,
      ...(aspect !== undefined && { aspect }),
      ...(after !== undefined && { after }),
    };
    const query = new ReadHistory(view, subject, cut, page, gone);
    const { sequence, ...history } = await this.queries.execute(query);
    return answered({ basis: basisOf(cut, sequence), ...history }, false);
  }
}

function placeOn(axis: (typeof AXES)[number], after: RecordedBound): number {
  if (axis === 'reported' && after.kind === 'instant') return after.instant;
  if (axis === 'recorded' && after.kind === 'sequence') return after.sequence;
  throw badParameter(
    'after',
    axis === 'reported'
      ? 'On the reported axis it is an instant or a date.'
      : 'On the recorded axis it is @ and a whole number: @120.',
  );
}
