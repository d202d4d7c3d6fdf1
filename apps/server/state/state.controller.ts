import { Controller, Get, Inject, Param, UseInterceptors, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { columnsFor, type Piece, type StateChange, type View } from '#views';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { EVENT_LOG } from '../provided.js';
import {
  answeredAs,
  AnswerInterceptor,
  renderedList,
  renderedTexts,
  type Answer,
} from '../reading/answer.js';
import { Gone, WhenGone } from '../reading/client.js';
import { basisOf, CUT, Cuts, type AskedCut } from '../reading/cuts.js';
import { QueryParameters, choices, under, type InForm, type Parsed } from '../reading/parameters.js';
import { VIEW_NAMES } from '../reading/question.js';
import { contentIn, LINK, TABLE_FORMS, tableAnswered, type TableForm } from '../reading/tables.js';
import { ITEM_COMPONENTS, type CrossingSegment } from './answers.js';
import { CompareStates, ListItems, ReadItem, ReadState, ReadTimeline } from './read-state.js';
import { listAnswered, listForms, picked, type ListForm } from './list-form.js';
import {
  filterValuesIn,
  intervalIn,
  itemParameters,
  listParameters,
  nextPage,
  TIMELINE,
} from './view-query.js';

/** For every timeline: the statuses of a view have the same members. */
const SEGMENT_COLUMNS = columnsFor<CrossingSegment & Piece>({
  from: 'text',
  to: 'text',
  status: 'text',
  value: 'text',
  certain: 'text',
  possible: 'text',
  claimed: 'text',
  because: 'text',
});

const CHANGE_COLUMNS = columnsFor<StateChange>({
  view: 'text',
  subject: 'text',
  aspect: 'text',
  before: 'text',
  after: 'text',
  because: 'text',
});

/** The controller of one view: its list, its items and their timelines. */
export function controllerOf(view: View): Type {
  const { name } = view;
  const item = ITEM_COMPONENTS[name];
  const LIST = listParameters(view);
  const ITEM = itemParameters(view);
  const FORMS = listForms(view);

  @ApiTags('Reading')
  @Controller(`v1/${name}`)
  @UseInterceptors(AnswerInterceptor)
  class ViewController {
    constructor(
      readonly queries: QueryBus,
      readonly cuts: Cuts,
      @Inject(EVENT_LOG) readonly log: EventLog,
    ) {}

    @Get()
    @ApiOperation({
      summary: `List ${name}`,
      description: `All ${name} that match the filters, at the cut: \`asOf\`, \`knownAt\`, \`recordedAt\`. \`basis\` is the question with its defaults resolved. With \`limit\` the list comes in pages: \`next\`, and the header \`Link\`, is the address of the next page, which has the basis of the first.`,
      operationId: `list_${name}`,
    })
    @ApiProduces(...FORMS.map(({ type }) => type))
    @ApiResponse({
      status: 200,
      description: 'The items, by id.',
      headers: LINK,
      content: contentIn(FORMS, ref(`${item}List`), view.columns),
    })
    async list(
      @QueryParameters(LIST, FORMS) asked: InForm<Parsed<typeof LIST>, ListForm>,
      @WhenGone() whenGone: () => AbortSignal,
    ): Promise<Answer> {
      const { form } = asked;
      const cut = await this.cuts.resolved(asked);
      const query = new ListItems(name, cut, filterValuesIn(view, asked), asked, whenGone);
      const found = await this.queries.execute(query);
      const basis = basisOf(cut, found.sequence);
      return listAnswered(found, form, basis, cut.pinned, nextPage(view, asked, form, basis, found.last));
    }

    @Get(':id')
    @ApiOperation({
      summary: `One of ${name}`,
      description:
        'Its state at the cut: `asOf`, `knownAt`, `recordedAt`. `because` names the events behind it.',
      operationId: `read_${name}`,
    })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiResponse({
      status: 200,
      description: 'The item, with `basis` as a further member.',
      schema: { allOf: [ref('WithBasis'), ref(item)] },
    })
    async item(
      @Param('id') id: string,
      @QueryParameters(ITEM) asked: Parsed<typeof ITEM>,
      @WhenGone() whenGone: () => AbortSignal,
    ): Promise<Answer> {
      const cut = await this.cuts.resolved(asked);
      const { item, sequence } = await this.queries.execute(new ReadItem(name, id, cut, whenGone));
      const json = asked.fields === undefined ? item.json : JSON.stringify(picked(item.item, asked.fields));
      return answeredAs(renderedTexts([json]), { basis: basisOf(cut, sequence) }, cut.pinned);
    }

    @Get(':id/timeline')
    @ApiOperation({
      summary: `How one of ${name} changed`,
      description: 'Its states in the order of time, as known at the cut: each from an instant to the next.',
      operationId: `timeline_${name}`,
    })
    @ApiParam({ name: 'id', schema: { type: 'string' } })
    @ApiProduces(...TABLE_FORMS.map(({ type }) => type))
    @ApiResponse({
      status: 200,
      description: 'The segments, in order, without the stretches about which nothing is known.',
      content: contentIn(TABLE_FORMS, ref(`${item}Timeline`), SEGMENT_COLUMNS),
    })
    async timeline(
      @Param('id') id: string,
      @QueryParameters(TIMELINE, TABLE_FORMS) asked: InForm<Parsed<typeof TIMELINE>, TableForm>,
      @Gone() gone: AbortSignal,
    ): Promise<Answer> {
      const cut = await this.cuts.resolved(asked);
      const query = new ReadTimeline(name, id, cut, intervalIn(asked), gone);
      const { segments, sequence } = await this.queries.execute(query);
      if (asked.form.name === 'csv')
        return tableAnswered(this.log.turns, SEGMENT_COLUMNS, segments, cut.pinned, gone);
      const how = { lane: 'answers', signal: gone, beginsNow: true } as const;
      const found = await this.log.turns.finish(renderedList('segments', segments), how);
      return answeredAs(found, { basis: basisOf(cut, sequence) }, cut.pinned);
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
    @Inject(EVENT_LOG) private readonly log: EventLog,
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
    return answeredAs(found, { basis: basisOf(cut, found.sequence) }, cut.pinned);
  }

  @Get('diff')
  @ApiOperation({
    summary: 'Compare two states',
    description:
      'Two cuts, `from.` and `to.`, on all three axes; each change names the events that caused it.',
  })
  @ApiProduces(...TABLE_FORMS.map(({ type }) => type))
  @ApiResponse({
    status: 200,
    description: 'The differences, with their events.',
    content: contentIn(TABLE_FORMS, ref('Difference'), CHANGE_COLUMNS),
  })
  async diff(
    @QueryParameters(DIFF, TABLE_FORMS) asked: InForm<Parsed<typeof DIFF>, TableForm>,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    const [from, to] = await this.cuts.fromTo(asked);
    const query = new CompareStates(from, to, asked.view ?? VIEW_NAMES, gone);
    const { changes, sequence } = await this.queries.execute(query);
    const basis = { from: basisOf(from, sequence), to: basisOf(to, sequence) };
    const pinned = from.pinned && to.pinned;
    if (asked.form.name === 'csv')
      return tableAnswered(this.log.turns, CHANGE_COLUMNS, changes, pinned, gone);
    const how = { lane: 'answers', signal: gone, beginsNow: true } as const;
    const found = await this.log.turns.finish(renderedList('changes', changes), how);
    return answeredAs(found, { basis }, pinned);
  }
}
