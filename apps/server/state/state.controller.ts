import { Controller, Get, Inject, Param, Query, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { VIEWS, type View } from '#views';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { answer, answerRendered, type Freshness } from '../reading/answer.js';
import { clientGone } from '../reading/client.js';
import { ApiCut } from '../reading/api-cut.js';
import { basisOf, Cuts, type ReadCut } from '../reading/cuts.js';
import { viewOf } from '../reading/question.js';
import { several, type Query as Asked } from '../reading/query.js';
import { SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import { ITEM_COMPONENTS } from './answers.js';
import { CompareStates, ListItems, ReadItem, ReadState, ReadTimeline } from './read-state.js';
import { filtersFrom, INTERVAL_PARAMETERS, intervalFrom } from './view-query.js';

/** What every controller of state needs. */
abstract class StateReading {
  constructor(
    protected readonly queries: QueryBus,
    protected readonly cuts: Cuts,
    @Inject(SETTINGS_TOKEN) protected readonly settings: Settings,
  ) {}

  protected freshness({ pinned }: { readonly pinned: boolean }): Freshness {
    return { pinned, personal: this.settings.read === 'key' };
  }
}

/** The controller of one view: its list, its items and their timelines. */
export function controllerOf(view: View): Type {
  const filters = Object.entries(view.filters);
  const item = ITEM_COMPONENTS[view.name];

  @ApiTags('Reading')
  @Controller(`v1/${view.name}`)
  class ViewController extends StateReading {
    @Get()
    @ApiCut()
    @ApiOperation({ summary: `List ${view.name}`, operationId: `list_${view.name}` })
    @ApiResponse({ status: 200, description: 'The items, by id.', schema: ref(`${item}List`) })
    async list(
      @Query() query: Asked,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const cut = await this.cuts.read(query, Object.keys(view.filters));
      const answered = await this.queries.execute(
        new ListItems(view, cut, filtersFrom(view, query)).until(clientGone(reply)),
      );
      answerRendered(request, reply, basisOf(cut, answered.sequence), answered, this.freshness(cut));
    }

    @Get(':id')
    @ApiCut()
    @ApiOperation({ summary: `One of ${view.name}`, operationId: `read_${view.name}` })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiResponse({
      status: 200,
      description: 'The item, with the basis beside its members.',
      schema: { allOf: [ref('WithBasis'), ref(item)] },
    })
    async item(
      @Param('id') id: string,
      @Query() query: Asked,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const cut = await this.cuts.read(query);
      const { item, sequence } = await this.queries.execute(new ReadItem(view, id, cut));
      answer(request, reply, { basis: basisOf(cut, sequence), ...item }, this.freshness(cut));
    }

    @Get(':id/timeline')
    @ApiCut()
    @ApiQuery({
      name: 'from',
      required: false,
      description: 'an instant or a date',
      schema: { type: 'string' },
    })
    @ApiQuery({
      name: 'to',
      required: false,
      description: 'an instant or a date',
      schema: { type: 'string' },
    })
    @ApiOperation({ summary: `How one of ${view.name} changed`, operationId: `timeline_${view.name}` })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiResponse({
      status: 200,
      description: 'The segments, in order; what nothing is said of is left out.',
      schema: ref(`${item}Timeline`),
    })
    async timeline(
      @Param('id') id: string,
      @Query() query: Asked,
      @Req() request: FastifyRequest,
      @Res() reply: FastifyReply,
    ): Promise<void> {
      const cut = await this.cuts.read(query, INTERVAL_PARAMETERS);
      const asked = new ReadTimeline(view, id, cut, intervalFrom(query, cut.zone));
      const { segments, sequence } = await this.queries.execute(asked.until(clientGone(reply)));
      answer(request, reply, { basis: basisOf(cut, sequence), segments }, this.freshness(cut));
    }
  }

  for (const [name, { description, choices }] of filters) {
    const list = Object.getOwnPropertyDescriptor(ViewController.prototype, 'list')!;
    const schema = { type: 'string', ...(choices && { enum: [...choices] }) };
    ApiQuery({ name, required: false, description, schema })(ViewController.prototype, 'list', list);
  }
  return ViewController;
}

@ApiTags('Reading')
@Controller('v1')
export class StateController extends StateReading {
  @Get('state')
  @ApiCut()
  @ApiOperation({ summary: 'The state of everything, counted and listed' })
  @ApiResponse({
    status: 200,
    description: 'The items of every view, under its name.',
    schema: ref('StateAnswer'),
  })
  async state(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const cut = await this.cuts.read(query);
    const answered = await this.queries.execute(new ReadState(cut).until(clientGone(reply)));
    answerRendered(request, reply, basisOf(cut, answered.sequence), answered, this.freshness(cut));
  }

  @Get('diff')
  @ApiCut('from.')
  @ApiCut('to.')
  @ApiQuery({
    name: 'view',
    required: false,
    description: 'views to compare, comma-separated; default all',
    schema: { type: 'string' },
  })
  @ApiOperation({ summary: 'What differs between two states' })
  @ApiResponse({ status: 200, description: 'What differs, and why.', schema: ref('Difference') })
  async diff(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [from, to] = await this.cuts.pair(query, ['from.', 'to.'], ['view']);
    const names = several(query, 'view');
    const views = names?.map((name) => viewOf(name)) ?? VIEWS;
    const { changes, sequence } = await this.queries.execute(
      new CompareStates(from, to, views).until(clientGone(reply)),
    );
    const basis = { from: basisOf(from, sequence), to: basisOf(to, sequence) };
    answer(request, reply, { basis, changes }, this.freshness({ pinned: isPinned(from) && isPinned(to) }));
  }
}

const isPinned = ({ pinned }: ReadCut): boolean => pinned;
