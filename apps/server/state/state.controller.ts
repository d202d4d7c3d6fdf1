import { Controller, Get, Param, UseInterceptors, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { View } from '#views';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { answered, answeredAs, AnswerInterceptor, type Answer } from '../reading/answer.js';
import { Gone } from '../reading/client.js';
import { basisOf, CUT, Cuts, type AskedCut } from '../reading/cuts.js';
import { QueryParameters, choices, under, type Parsed } from '../reading/parameters.js';
import { VIEW_NAMES } from '../reading/question.js';
import { ITEM_COMPONENTS } from './answers.js';
import { CompareStates, ListItems, ReadItem, ReadState, ReadTimeline } from './read-state.js';
import { filterValuesIn, intervalIn, listParameters, TIMELINE } from './view-query.js';

/** The controller of one view: its list, its items and their timelines. */
export function controllerOf(view: View): Type {
  const { name } = view;
  const item = ITEM_COMPONENTS[name];
  const LIST = listParameters(view);

  @ApiTags('Reading')
  @Controller(`v1/${name}`)
  @UseInterceptors(AnswerInterceptor)
  class ViewController {
    constructor(
      readonly queries: QueryBus,
      readonly cuts: Cuts,
    ) {}

    @Get()
    @ApiOperation({
      summary: `List ${name}`,
      description: `All ${name} that fit the filters, at the cut: \`asOf\`, \`knownAt\`, \`recordedAt\`. \`basis\` is the question with its defaults resolved.`,
      operationId: `list_${name}`,
    })
    @ApiResponse({ status: 200, description: 'The items, by id.', schema: ref(`${item}List`) })
    async list(
      @QueryParameters(LIST) asked: Parsed<typeof LIST>,
      @Gone() gone: AbortSignal,
    ): Promise<Answer> {
      const cut = await this.cuts.resolved(asked);
      const found = await this.queries.execute(new ListItems(name, cut, filterValuesIn(view, asked), gone));
      return answeredAs(found, basisOf(cut, found.sequence), cut.pinned);
    }

    @Get(':id')
    @ApiOperation({
      summary: `One of ${name}`,
      description:
        'Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events that it rests on.',
      operationId: `read_${name}`,
    })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiResponse({
      status: 200,
      description: 'The item, with the basis beside its members.',
      schema: { allOf: [ref('WithBasis'), ref(item)] },
    })
    async item(@Param('id') id: string, @QueryParameters(CUT) asked: AskedCut): Promise<Answer> {
      const cut = await this.cuts.resolved(asked);
      const { item, sequence } = await this.queries.execute(new ReadItem(name, id, cut));
      return answered({ basis: basisOf(cut, sequence), ...item }, cut.pinned);
    }

    @Get(':id/timeline')
    @ApiOperation({
      summary: `How one of ${name} changed`,
      description: 'Its states in the order of time, as known at the cut: each from an instant to the next.',
      operationId: `timeline_${name}`,
    })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiResponse({
      status: 200,
      description: 'The segments, in order; what nothing is said of is left out.',
      schema: ref(`${item}Timeline`),
    })
    async timeline(
      @Param('id') id: string,
      @QueryParameters(TIMELINE) asked: Parsed<typeof TIMELINE>,
      @Gone() gone: AbortSignal,
    ): Promise<Answer> {
      const cut = await this.cuts.resolved(asked);
      const query = new ReadTimeline(name, id, cut, intervalIn(asked), gone);
      const { segments, sequence } = await this.queries.execute(query);
      return answered({ basis: basisOf(cut, sequence), segments }, cut.pinned);
    }
  }
  return ViewController;
}

const DIFF = {
  ...under('from.', CUT),
  ...under('to.', CUT),
  view: choices(VIEW_NAMES, 'views to compare, comma-separated; default all'),
};

@ApiTags('Reading')
@Controller('v1')
@UseInterceptors(AnswerInterceptor)
export class StateController {
  constructor(
    private readonly queries: QueryBus,
    private readonly cuts: Cuts,
  ) {}

  @Get('state')
  @ApiOperation({
    summary: 'The state of everything, counted and listed',
    description: 'The lists of all views at one cut, and how many items have each status.',
  })
  @ApiResponse({
    status: 200,
    description: 'The items of every view, under its name.',
    schema: ref('StateAnswer'),
  })
  async state(@QueryParameters(CUT) asked: AskedCut, @Gone() gone: AbortSignal): Promise<Answer> {
    const cut = await this.cuts.resolved(asked);
    const found = await this.queries.execute(new ReadState(cut, gone));
    return answeredAs(found, basisOf(cut, found.sequence), cut.pinned);
  }

  @Get('diff')
  @ApiOperation({
    summary: 'What differs between two states',
    description:
      'Two cuts, `from.` and `to.`, on all three axes; each change names the events that caused it.',
  })
  @ApiResponse({ status: 200, description: 'What differs, and why.', schema: ref('Difference') })
  async diff(@QueryParameters(DIFF) asked: Parsed<typeof DIFF>, @Gone() gone: AbortSignal): Promise<Answer> {
    const [from, to] = await this.cuts.fromTo(asked);
    const query = new CompareStates(from, to, asked.view ?? VIEW_NAMES, gone);
    const { changes, sequence } = await this.queries.execute(query);
    const basis = { from: basisOf(from, sequence), to: basisOf(to, sequence) };
    return answered({ basis, changes }, from.pinned && to.pinned);
  }
}
