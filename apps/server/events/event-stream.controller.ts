import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '#log';
import { ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { instantFrom } from '../reading/cut.js';
import { one, refuseUnknown, type Query as Asked } from '../reading/query.js';
import type { Settings } from '../../settings.js';
import { eventFilterFrom, FILTER_PARAMETERS } from './event-filter.js';
import { EventStreams } from './event-streams.js';
import { parsePosition, START, type Position } from './position.js';

@ApiTags('Subscribing')
@Controller('v1/events/stream')
export class EventStreamController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Follow the log, as Server-Sent Events',
    description:
      '`id:` is the sequence and eight digits that tell logs apart (`428-3f9a1c0d`), `event:` the type, `data:` the CloudEvent. `event: caught-up` when history ends; a comment every 15 s. Nothing is dropped: a slow reader is caught up from the log. After an id that this log does not have, the answer is `event: reset` with `{ head, origin }`, and the end: forget what you have, and begin anew.',
  })
  @ApiProduces('text/event-stream')
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'an `id`, a bare sequence, `start`, `end` (default), or an instant or date of recording',
    schema: { type: 'string', example: 'start' },
  })
  @ApiQuery({
    name: 'type',
    required: false,
    description: 'event types, comma-separated',
    schema: { type: 'string' },
  })
  @ApiQuery({
    name: 'subject',
    required: false,
    description: 'ids or streams, comma-separated',
    schema: { type: 'string' },
  })
  @ApiQuery({ name: 'category', required: false, description: 'comma-separated', schema: { type: 'string' } })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'goes on after this `id`, or bare sequence, whatever `after` says',
  })
  @ApiResponse({
    status: 200,
    description: 'The stream; it does not end by itself.',
    schema: {
      type: 'string',
      description: 'Server-Sent Events; the `data` of an event of the log is a CloudEvent.',
    },
  })
  async stream(
    @Query() query: Asked,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseUnknown(query, ['after', ...FILTER_PARAMETERS]);
    const filter = eventFilterFrom(query);
    const from = lastEventId ? (parsePosition(lastEventId) ?? OF_ANOTHER_LOG) : await this.after(query);
    this.streams.start(request, reply, from, filter);
  }

  private async after(query: Asked): Promise<Position> {
    const asked = one(query, 'after') ?? 'end';
    if (asked === 'start') return START;
    if (asked === 'end') return { sequence: (await this.log.head()).sequence };
    const position = parsePosition(asked.replace(/^@/, ''));
    if (position) return position;
    const instant = instantFrom(query, 'after', this.settings.zone);
    return { sequence: instant === undefined ? 0 : await this.log.sequenceAt(instant) };
  }
}

/** What another log, or another server, calls a place in itself. A browser would not try again after an error: it is told `reset`. */
const OF_ANOTHER_LOG: Position = { sequence: 0, leaf: 'another log' };
