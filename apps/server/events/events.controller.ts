import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TurnOptions } from '#runtime';
import type { EventLog, LogFilter, LogPage } from '#log';
import { Views, type EventQuery } from '#views';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { Problem } from '../problems/problem.js';
import { answerRendered, rendered, type Freshness } from '../reading/answer.js';
import { clientGone } from '../reading/client.js';
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
import { lineOf, NDJSON, sendLines, type Lines } from '../reading/ndjson.js';
import { AT_LEAST_MS } from '../reading/question.js';
import { Streams } from '../reading/streams.js';
import type { Settings } from '../../settings.js';
import { toCloudEvent } from '#data-folder';
import { categoriesFrom, filterOf, typesFrom } from './event-filter.js';
import { FindEvents, ReadEvent, type EventDetails, type EventList, type EventPage } from './find-events.js';
import { hasPosition, parsePosition } from './position.js';

const ORDERS = ['asc', 'desc'] as const;
const AXES = ['valid', 'reported', 'recorded'] as const;

/** Name, description, example and choices. */
const PARAMETERS = [
  ['after', 'the `next` of a page, or a sequence: only events behind it, in the order asked', '120'],
  ['limit', 'how many, 1 to 1000; default 100', '20'],
  ['order', 'asc (default) or desc, by sequence', 'desc', ORDERS],
  ['type', 'event types, comma-separated', 'crossing.closed'],
  ['subject', 'ids, comma-separated', 'lt-by.medininkai'],
  ['category', 'comma-separated', 'crossing'],
  ['claimant', 'ids of actors, comma-separated', 'lt.government'],
  ['q', 'words that all occur in names, summaries, quotes or titles; "a phrase"; a prefix*', 'balloon*'],
  ['from', 'an instant or a date (its start), or @<sequence> on the recorded axis', '2025-10-01'],
  ['to', 'an instant or a date (its end), or @<sequence> on the recorded axis', '2025-11-30'],
  [
    'axis',
    'valid, reported or recorded (default): the axis of `from` and `to`. On the valid axis everything is found that may have been so in between: from the earliest instant of `occurred` to its latest, or until the latest of `until` where the event has one. What a state without an end was later is for the views to say.',
    'valid',
    AXES,
  ],
  ['zone', 'the IANA zone of dates', 'Europe/Vilnius'],
  ['atLeast', 'a sequence to wait for, at most 5 s', undefined],
] as const;

const LARGEST_PAGE = 1000;
/** Events that are found at a time for a stream of all of them. */
const STREAMED = 100;

@ApiTags('Reading')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly streams: Streams,
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
      'application/json': { schema: ref('EventList') },
      [NDJSON]: {
        schema: { type: 'string', description: 'One event a line, as in `items` of a page.' },
      },
    },
  })
  async find(
    @Query() query: Asked,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = await this.read(query, reply);
    const atLeast = whole(query, 'atLeast');
    await this.views.search.need(atLeast ?? 0, { timeout: AT_LEAST_MS });
    if (accept?.includes(NDJSON)) {
      const most = query['limit'] === undefined ? Infinity : wanted.limit;
      this.streams.admit(request, reply);
      await sendLines(request, reply, (lines) => this.sendAll(wanted, most, lines));
      return;
    }
    const turn: TurnOptions = { lane: 'answers', signal: clientGone(reply) };
    const { events, next }: EventPage = await this.queries.execute(new FindEvents(wanted, turn));
    const write = () => rendered({ items: events.map(toCloudEvent), next } satisfies EventList);
    answerRendered(request, reply, undefined, await this.log.turns.run(write, turn), this.freshness);
  }

  @Get(':id')
  @ApiOperation({ summary: 'An event, its corrections, and what it causes' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({
    status: 200,
    description: 'The CloudEvent, with `corrections` and `causes` beside its members.',
    schema: ref('EventDetails'),
  })
  async event(
    @Param('id') id: string,
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseUnknown(query, []);
    const event: EventDetails = await this.queries.execute(new ReadEvent(id));
    answerRendered(request, reply, undefined, rendered(event), this.freshness);
  }

  private get freshness(): Freshness {
    return { pinned: false, personal: this.settings.read === 'key' };
  }

  private async read(query: Asked, reply: FastifyReply): Promise<EventQuery> {
    refuseUnknown(
      query,
      PARAMETERS.map(([name]) => name),
    );
    const zone = zoneFrom(query, 'zone') ?? this.settings.zone;
    const axis = oneOf(query, 'axis', AXES) ?? 'recorded';
    const from = await this.bound(query, 'from', axis, zone);
    const to = await this.bound(query, 'to', axis, zone);
    const order = oneOf(query, 'order', ORDERS) ?? 'asc';
    const after = await this.after(query, order, clientGone(reply));
    const types = typesFrom(query);
    const subjects = several(query, 'subject');
    const categories = categoriesFrom(query);
    const claimants = several(query, 'claimant');
    const words = one(query, 'q');
    return {
      order,
      limit: whole(query, 'limit', 1, LARGEST_PAGE) ?? 100,
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

  /** A bare sequence beyond the end is before nothing that comes later, so it is taken where the order is descending. */
  private async after(query: Asked, order: string, signal: AbortSignal): Promise<number | undefined> {
    const text = one(query, 'after');
    if (text === undefined) return undefined;
    const position = parsePosition(text);
    if (!position) throw badParameter('after', 'It must be the `next` of a page, or a sequence.');
    const isBefore = order === 'desc' && position.leaf === undefined;
    if (isBefore || (await hasPosition(this.log, position, signal))) return position.sequence;
    const { sequence } = await this.log.head();
    throw new Problem('another-log', `This log, which ends at @${sequence}, does not have ${text}.`);
  }

  /** Up to `most` events. Where the log can select them by itself, the search is not asked. */
  private async sendAll(wanted: EventQuery, most: number, lines: Lines): Promise<void> {
    const { signal } = lines;
    const filter = mere(wanted);
    if (filter && most === Infinity) {
      const { after = 0 } = wanted;
      await this.log.history({ after, filter, signal }, (page) => lines.send(linesOf(page)));
      return;
    }
    let left = most;
    for (let query = { ...wanted, limit: Math.min(STREAMED, left) }; left > 0;) {
      const turn: TurnOptions = { lane: 'streams', signal };
      const { events, next }: EventPage = await this.queries.execute(new FindEvents(query, turn));
      await lines.send(events.map((event) => lineOf(toCloudEvent(event))).join(''));
      left -= events.length;
      if (next === null) return;
      query = { ...query, after: events.at(-1)!.sequence, limit: Math.min(STREAMED, left) };
    }
  }
}

/** The question as a filter of the log; undefined where it asks for more than that can tell. */
function mere({
  order,
  from,
  to,
  claimants,
  text,
  types,
  subjects,
  categories,
}: EventQuery): LogFilter | undefined {
  if (order === 'desc' || [from, to, claimants, text].some((given) => given !== undefined)) return undefined;
  return filterOf({ types, subjects, categories });
}

/** Pages with their lines: readers at the same place are given the same page, and share what is written of it. */
const written = new WeakMap<LogPage, Buffer>();

function linesOf(page: LogPage): Buffer {
  const made =
    written.get(page) ?? Buffer.from(page.events.map((event) => lineOf(toCloudEvent(event))).join(''));
  written.set(page, made);
  return made;
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
