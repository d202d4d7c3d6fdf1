import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '#log';
import { Views, type EventQuery } from '#views';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { text } from '../docs/schema.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { answerRendered, rendered, type Freshness } from '../reading/answer.js';
import { instantFrom, startFrom, zoneFrom } from '../reading/cut.js';
import {
  badParameter,
  one,
  oneOf,
  refuseUnknown,
  several,
  whole,
  type Query as Asked,
} from '../reading/query.js';
import { NDJSON, streamLines } from '../reading/ndjson.js';
import { AT_LEAST_MS } from '../reading/question.js';
import type { Settings } from '../../settings.js';
import { eventSchema, pageSchema } from './event-schema.js';
import { FindEvents, ReadEvent, type EventDetails, type EventPage } from './find-events.js';

const ORDERS = ['asc', 'desc'] as const;
const AXES = ['valid', 'reported', 'recorded'] as const;

/** Name, description, example and choices. */
const PARAMETERS = [
  ['after', 'a sequence: only events behind it, in the order asked', '120'],
  ['limit', 'how many, 1 to 1000; default 100', '20'],
  ['order', 'asc (default) or desc, by sequence', 'desc', ORDERS],
  ['type', 'event types, comma-separated', 'crossing.closed'],
  ['subject', 'ids, comma-separated', 'lt-by.medininkai'],
  ['category', 'comma-separated', 'crossing'],
  ['claimant', 'ids of actors, comma-separated', 'lt.government'],
  ['q', 'words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*', 'balloon*'],
  ['from', 'an instant or a date (its start), or @<sequence> on the recorded axis', '2025-10-01'],
  ['to', 'an instant or a date (its end), or @<sequence> on the recorded axis', '2025-11-30'],
  ['axis', 'valid, reported or recorded (default): the axis of `from` and `to`', 'valid', AXES],
  ['zone', 'the IANA zone of dates', 'Europe/Vilnius'],
  ['atLeast', 'a sequence to wait for, at most 5 s', undefined],
] as const;

/** Events a page of a stream of all of them. */
const PAGE = 1000;

@ApiTags('Reading')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Find events',
    description: 'A page as JSON; with `Accept: application/x-ndjson` all of them, one a line.',
  })
  @ApiProduces('application/json', NDJSON)
  @ApiResponse({
    status: 200,
    description: 'A page; or, as NDJSON, every event on a line of its own.',
    content: {
      'application/json': { schema: pageSchema },
      [NDJSON]: { schema: text('one event a line, as in `items` of a page') },
    },
  })
  async find(
    @Query() query: Asked,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = await this.read(query);
    const atLeast = whole(query, 'atLeast');
    await this.views.search.need(atLeast ?? 0, { timeout: AT_LEAST_MS });
    if (accept?.includes(NDJSON)) {
      const most = query['limit'] === undefined ? Infinity : wanted.limit;
      await streamLines(request, reply, this.pagesOf(wanted, most));
      return;
    }
    const page: EventPage = await this.queries.execute(new FindEvents(wanted));
    answerRendered(request, reply, undefined, rendered(page), this.freshness);
  }

  @Get(':id')
  @ApiOperation({ summary: 'An event, its corrections, and what it causes' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({
    status: 200,
    description: 'The CloudEvent, with `corrections` and `causes` beside its members.',
    schema: eventSchema,
  })
  async event(
    @Param('id') id: string,
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseUnknown(query, []);
    const { event, corrections, causes }: EventDetails = await this.queries.execute(new ReadEvent(id));
    answerRendered(request, reply, undefined, rendered({ ...event, corrections, causes }), this.freshness);
  }

  private get freshness(): Freshness {
    return { pinned: false, personal: this.settings.read === 'key' };
  }

  private async read(query: Asked): Promise<EventQuery> {
    refuseUnknown(
      query,
      PARAMETERS.map(([name]) => name),
    );
    const zone = zoneFrom(query, 'zone') ?? this.settings.zone;
    const axis = oneOf(query, 'axis', AXES) ?? 'recorded';
    const from = await this.bound(query, 'from', axis, zone);
    const to = await this.bound(query, 'to', axis, zone);
    const after = whole(query, 'after');
    const types = several(query, 'type');
    const subjects = several(query, 'subject');
    const categories = several(query, 'category');
    const claimants = several(query, 'claimant');
    const words = one(query, 'q');
    return {
      order: oneOf(query, 'order', ORDERS) ?? 'asc',
      limit: whole(query, 'limit', 1, PAGE) ?? 100,
      axis,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(after !== undefined && { after }),
      ...(types && { types }),
      ...(subjects && { subjects }),
      ...(categories && { categories }),
      ...(claimants && { claimants }),
      ...(words !== undefined && { text: words }),
    };
  }

  /** A date begins a range with its first millisecond, and ends one with its last. */
  private async bound(
    query: Asked,
    name: 'from' | 'to',
    axis: string,
    zone: string,
  ): Promise<number | undefined> {
    const text = one(query, name);
    if (text === undefined) return undefined;
    const sequence = /^@(\d{1,15})$/.exec(text)?.[1];
    if (sequence !== undefined) {
      if (axis === 'recorded') return Number(sequence);
      throw badParameter(name, 'A sequence goes with axis=recorded only.');
    }
    const instant = name === 'from' ? startFrom(query, name, zone)! : instantFrom(query, name, zone)!;
    if (axis !== 'recorded') return instant;
    return name === 'from' ? (await this.log.sequenceAt(instant - 1)) + 1 : this.log.sequenceAt(instant);
  }

  /** Up to `most` events, a page at a time. */
  private async *pagesOf(wanted: EventQuery, most: number): AsyncGenerator<EventPage['items']> {
    let left = most;
    for (let query = { ...wanted, limit: Math.min(PAGE, left) }; left > 0;) {
      const { items, next } = await this.queries.execute(new FindEvents(query));
      yield items;
      left -= items.length;
      if (next === null) return;
      query = { ...query, after: next, limit: Math.min(PAGE, left) };
    }
  }
}

for (const [name, description, example, choices] of PARAMETERS) {
  const find = Object.getOwnPropertyDescriptor(EventsController.prototype, 'find')!;
  const schema = {
    type: 'string',
    ...(example === undefined ? {} : { example }),
    ...(choices && { enum: [...choices] }),
  };
  ApiQuery({ name, required: false, description, schema })(EventsController.prototype, 'find', find);
}
