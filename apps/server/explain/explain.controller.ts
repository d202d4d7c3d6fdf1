import { applyDecorators, Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VIEWS, type View } from '#views';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { SETTINGS_TOKEN } from '../provided.js';
import { answer, type Freshness } from '../reading/answer.js';
import { clientGone } from '../reading/client.js';
import { ApiCut } from '../reading/api-cut.js';
import { instantFrom } from '../reading/cut.js';
import { basisOf, Cuts } from '../reading/cuts.js';
import { viewOf } from '../reading/question.js';
import { badParameter, one, oneOf, whole, type Query as Asked } from '../reading/query.js';
import type { Settings } from '../../settings.js';
import { ReadExplanation } from './read-explanation.js';
import { ReadHistory } from './read-history.js';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;
const AXES = ['reported', 'recorded'] as const;

/** Documents the parameters that name a question about one subject, and a page of the answer. */
const ApiSubject = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'view',
      schema: { type: 'string', enum: VIEWS.map(({ name }) => name), example: 'crossings' },
    }),
    ApiQuery({
      name: 'subject',
      description: 'its id in that view',
      schema: { type: 'string', example: 'lt-by.medininkai' },
    }),
    ApiQuery({
      name: 'aspect',
      required: false,
      description:
        'only this aspect, with all below it: `status` of a crossing is every `status/<side>/<mode>`; default all',
      schema: { type: 'string', example: 'status' },
    }),
    ApiQuery({
      name: 'limit',
      required: false,
      description: `how many, 1 to ${LARGEST_PAGE}; default ${DEFAULT_PAGE}`,
      schema: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE },
    }),
  );

const ApiAfter = (description: string): MethodDecorator =>
  ApiQuery({ name: 'after', required: false, description, schema: { type: 'integer', minimum: 0 } });

@ApiTags('Auditing')
@Controller('v1')
export class ExplainController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Get('explain')
  @ApiSubject()
  @ApiAfter('how many effects to leave out: the `next` of the page before')
  @ApiCut()
  @ApiOperation({
    summary: 'Why the answer is what it is',
    description:
      'Every effect ever recorded of the subject, and what became of each at the cut: `holds`; `mayHold`, where possible worlds differ; `overlaid`; `claimsNotAsked`, as facts speak; `expired`; `notStarted`; `outOfVoice`, by `accordingTo` or `minReliability`; `corrected`; `retracted`; `notYetKnown`; `notYetRecorded`. `by` names the events that did it. Of a subject with over 20,000 effects each page has what holds, and then others in the order of aspects and the latest start first.',
  })
  @ApiResponse({
    status: 200,
    description: 'The answer, and what was weighed for it.',
    schema: ref('ExplanationAnswer'),
  })
  async explain(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cut = await this.cuts.read(query, [...SUBJECT_PARAMETERS, 'after']);
    const { view, id, aspect, limit } = subjectFrom(query);
    const page = { after: whole(query, 'after') ?? 0, limit };
    const { sequence, ...told } = await this.queries.execute(
      new ReadExplanation(view, id, aspect, cut, page, clientGone(reply)),
    );
    answer(request, reply, { basis: basisOf(cut, sequence), ...told }, this.freshness);
  }

  @Get('answers/history')
  @ApiSubject()
  @ApiQuery({
    name: 'axis',
    required: false,
    description: 'knowledge as it became public (reported, default), or as this log learned it (recorded)',
    schema: { type: 'string', enum: [...AXES] },
  })
  @ApiQuery({
    name: 'after',
    required: false,
    description:
      'an instant, or @<sequence> on the recorded axis: only changes behind it; the `next` of a page',
    schema: { type: 'string' },
  })
  @ApiCut()
  @ApiOperation({
    summary: 'How the answer to one question changed as knowledge grew',
    description:
      'Up to the cut. `answer` is what holds as of `asOf` by what was known from `at` on; `events` are those behind the change. A page may end before its limit: go on while there is a `next`.',
  })
  @ApiResponse({
    status: 200,
    description: 'The changes, and what is behind each.',
    schema: ref('HistoryAnswer'),
  })
  async history(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cut = await this.cuts.read(query, [...SUBJECT_PARAMETERS, 'after', 'axis']);
    const { view, id, aspect, limit } = subjectFrom(query);
    const axis = oneOf(query, 'axis', AXES) ?? 'reported';
    const after = axis === 'reported' ? instantFrom(query, 'after', cut.zone) : sequenceFrom(query, 'after');
    const asked = {
      axis,
      limit,
      ...(aspect !== undefined && { aspect }),
      ...(after !== undefined && { after }),
    };
    const { sequence, ...told } = await this.queries.execute(
      new ReadHistory(view, id, cut, asked, clientGone(reply)),
    );
    answer(request, reply, { basis: basisOf(cut, sequence), ...told }, this.freshness);
  }

  /** Never pinned: what is recorded after the cut is told, as not yet recorded. */
  private get freshness(): Freshness {
    return { pinned: false, personal: this.settings.read === 'key' };
  }
}

const SUBJECT_PARAMETERS = ['view', 'subject', 'aspect', 'limit'];

function subjectFrom(query: Asked): { view: View; id: string; aspect: string | undefined; limit: number } {
  return {
    view: viewOf(needed(query, 'view')),
    id: needed(query, 'subject'),
    aspect: one(query, 'aspect'),
    limit: whole(query, 'limit', 1, LARGEST_PAGE) ?? DEFAULT_PAGE,
  };
}

function needed(query: Asked, name: string): string {
  const text = one(query, name);
  if (text === undefined) throw badParameter(name, 'It is needed.');
  return text;
}

function sequenceFrom(query: Asked, name: string): number | undefined {
  const text = one(query, name);
  if (text === undefined) return undefined;
  if (!/^@\d{1,15}$/.test(text))
    throw badParameter(name, 'On the recorded axis it is @ and a whole number: @120.');
  return Number(text.slice(1));
}
