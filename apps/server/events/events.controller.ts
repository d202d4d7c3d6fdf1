import { Controller, Get, Inject, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interruptible, TurnOptions } from '#runtime';
import type { EventLog, RecordedEvent } from '#log';
import { Views, type EventQuery } from '#views';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { EVENT_LOG } from '../provided.js';
import { Needs } from '../keys/needs.js';
import {
  answeredAs,
  AnswerInterceptor,
  listInParts,
  rendered,
  renderedTexts,
  type Answer,
  type Rendered,
} from '../reading/answer.js';
import { JSON_FORM } from '../reading/answer-form.js';
import { clientGone, Gone } from '../reading/client.js';
import { CSV_FORM, CSV_TYPE } from '../reading/csv.js';
import {
  QueryParameters,
  choice,
  number,
  recorded,
  text,
  zoneName,
  type InForm,
  type Parsed,
  type RecordedBound,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { NDJSON, sendLines, type Lines } from '../reading/ndjson.js';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '../json-body.js';
import { AT_LEAST_MS } from '../reading/question.js';
import { Streams } from '../reading/streams.js';
import { contentIn } from '../reading/tables.js';
import { SEARCH_FILTER } from './event-filter.js';
import { EventForms, type EventForm } from './event-forms.js';
import { EVENT_COLUMNS } from './event-table.js';
import { eventNamed, FindEvents, ReadEvent, type EventDetails, type EventPage } from './find-events.js';
import { hasPosition, notInLog, parsePosition } from './position.js';
import { eventLines, eventRows, SendingEvents } from './sending-events.js';

const ORDERS = ['asc', 'desc'] as const;
const AXES = ['valid', 'reported', 'recorded'] as const;

/** How long a list waits for the search without `atLeast`, in milliseconds. */
const CATCH_UP_MS = 100;

const EVENTS = {
  zone: zoneName(),
  after: text('the `next` of a page, or a sequence: only events after it, in the given order', '120'),
  limit: number('the greatest number of events, 1 to 1000; default 100', { least: 1, most: 1000 }),
  order: choice(ORDERS, 'asc (default) or desc, by sequence'),
  ...SEARCH_FILTER,
  from: recorded(
    'an instant or a date (its start), or @<sequence> on the recorded axis',
    '2025-10-01',
    'start',
  ),
  to: recorded('an instant or a date (its end), or @<sequence> on the recorded axis', '2025-11-30'),
  axis: choice(
    AXES,
    'valid, reported or recorded (default): the axis of `from` and `to`. On the valid axis, the events that may have been true between `from` and `to`: an event may be true from the earliest instant of `occurred` to its latest, or to the latest of `until` if the event has one. For a state without an end, ask the views.',
  ),
  atLeast: number('a sequence to wait for, at most 5 s'),
};

const CLOUDEVENTS = { name: 'cloudevents', type: CLOUDEVENTS_BATCH } as const;
const FORMS = [
  JSON_FORM,
  { name: 'ndjson', type: NDJSON },
  CLOUDEVENTS,
  { ...CLOUDEVENTS, type: NDJSON },
  CSV_FORM,
] as const;
const FORMS_OF_ONE = [JSON_FORM, { ...CLOUDEVENTS, type: CLOUDEVENT }] as const;

@ApiTags('Reading')
@Controller('v1/events')
@UseInterceptors(AnswerInterceptor)
export class EventsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly streams: Streams,
    private readonly forms: EventForms,
    private readonly sending: SendingEvents,
  ) {}

  @Get()
  @Needs('audit')
  @ApiOperation({
    summary: 'Find events',
    description:
      'JSON gives a page. So does a batch of CloudEvents, with the next page in the header `Link` (RFC 8288). NDJSON and CSV give all events, one a line, or `limit` of them; `format=cloudevents` with `Accept: application/x-ndjson` gives one CloudEvent a line.',
  })
  @ApiProduces('application/json', CLOUDEVENTS_BATCH, NDJSON, CSV_FORM.type)
  @ApiResponse({
    status: 200,
    description: 'A page; or, as NDJSON, one event a line.',
    headers: { link: { description: 'For a batch: the next page.', schema: { type: 'string' } } },
    content: {
      'application/json': { schema: ref('EventList') },
      [CLOUDEVENTS_BATCH]: { schema: { type: 'array', items: ref('CloudEvent') } },
      [NDJSON]: {
        schema: {
          type: 'string',
          description: 'One event a line, as in `items` of a page, or one CloudEvent.',
        },
      },
      ...contentIn([CSV_FORM], {}, EVENT_COLUMNS),
    },
  })
  async find(
    @QueryParameters(EVENTS, FORMS) asked: InForm<Parsed<typeof EVENTS>, (typeof FORMS)[number]>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer | undefined> {
    const gone = clientGone(reply);
    const wanted = await this.wantedBy(asked, gone);
    if (asked.atLeast === undefined) await this.views.searchCatchesUp(CATCH_UP_MS);
    else await this.views.search.need(asked.atLeast, { timeout: AT_LEAST_MS });
    const { name, type } = asked.form;
    const form = this.forms.of(request, name);
    if (type === NDJSON || name === 'csv') {
      this.streams.admit(request, reply);
      const { sending, log } = this;
      const writing = type === NDJSON ? eventLines(form) : eventRows(log.turns, gone);
      const send = (lines: Lines) => sending.all(wanted, asked.limit ?? Infinity, writing, lines);
      await sendLines(request, reply, send, type === NDJSON ? NDJSON : CSV_TYPE);
      return undefined;
    }
    const turn: TurnOptions = { lane: 'answers', signal: gone };
    const { events, next }: EventPage = await this.queries.execute(new FindEvents(wanted, turn));
    if (name === 'json') {
      const list = listOf(events, form, ['{"items":', `,"next":${JSON.stringify(next)}}`]);
      return answeredAs(await this.log.turns.finish(list, turn), undefined, false);
    }
    if (next !== null) reply.header('link', `<${withAfter(request.url, next)}>; rel="next"`);
    const batch = listOf(events, form);
    return { ...answeredAs(await this.log.turns.finish(batch, turn), undefined, false), type };
  }

  @Get(':id')
  @Needs('audit')
  @ApiOperation({
    summary: 'An event, its corrections and its effects',
    description:
      'The event as it was recorded never changes; `corrections` and `causes` grow. Where there are over 100 corrections, `allCorrections` has the path of a list of all.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({
    status: 200,
    description: 'The event, with `corrections` and `causes` as further members; or only the CloudEvent.',
    content: {
      'application/json': { schema: ref('EventDetails') },
      [CLOUDEVENT]: { schema: ref('CloudEvent') },
    },
  })
  async event(
    @Param('id') id: string,
    @QueryParameters({}, FORMS_OF_ONE)
    { form: { name, type } }: InForm<object, (typeof FORMS_OF_ONE)[number]>,
    @Req() request: FastifyRequest,
    @Gone() gone: AbortSignal,
  ): Promise<Answer> {
    if (name === 'cloudevents') {
      const event = this.forms.of(request, name)(await eventNamed(this.log, id));
      return { ...answeredAs(rendered(event), undefined, false), type };
    }
    const event: EventDetails = await this.queries.execute(
      new ReadEvent(id, { lane: 'answers', signal: gone }),
    );
    return answeredAs(rendered(event), undefined, false);
  }

  private async wantedBy(asked: Parsed<typeof EVENTS>, gone: AbortSignal): Promise<EventQuery> {
    const { axis = 'recorded', order = 'asc', limit = 100, claimant: claimants, q } = asked;
    const { type: types, subject: subjects, category: categories } = asked;
    const from = asked.from && (await this.bound('from', asked.from, axis));
    const to = asked.to && (await this.bound('to', asked.to, axis));
    const after = asked.after === undefined ? undefined : await this.sequenceOf(asked.after, order, gone);
    return {
      order,
      limit,
      axis,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(after !== undefined && { after }),
      ...(types && { types }),
      ...(subjects && { subjects }),
      ...(categories && { categories }),
      ...(claimants && { claimants }),
      ...(q !== undefined && { text: q }),
    };
  }

  private async bound(name: 'from' | 'to', bound: RecordedBound, axis: string): Promise<number> {
    if (bound.kind === 'sequence') {
      if (axis === 'recorded') return bound.sequence;
      throw badParameter(name, 'A sequence is possible with axis=recorded only.');
    }
    const { instant } = bound;
    if (axis !== 'recorded') return instant;
    return name === 'from' ? (await this.log.sequenceAt(instant - 1)) + 1 : this.log.sequenceAt(instant);
  }

  /** In descending order a bare sequence beyond the end is accepted: no later event comes before it. */
  private async sequenceOf(after: string, order: string, gone: AbortSignal): Promise<number> {
    const position = parsePosition(after);
    if (!position) throw badParameter('after', 'It must be the `next` of a page, or a sequence.');
    const isBefore = order === 'desc' && position.leaf === undefined;
    if (isBefore || (await hasPosition(this.log, position, gone))) return position.sequence;
    throw await notInLog(this.log, after);
  }
}

/** A list of events as JSON, between other texts; one by one, because a thousand in one piece would delay other requests. */
function* listOf(
  events: readonly RecordedEvent[],
  form: EventForm,
  [before, after]: readonly [string, string] = ['', ''],
): Interruptible<Rendered> {
  const items: string[] = [];
  for (const event of events) {
    items.push(JSON.stringify(form(event)));
    yield;
  }
  return renderedTexts([before, ...listInParts(items), after]);
}

/** The address, relative to the server, of the events after the position. */
function withAfter(url: string, position: string): string {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  searchParams.set('after', position);
  return `${pathname}?${searchParams.toString()}`;
}
