import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '#log';
import { ApiHeader, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { text } from '../docs/schema.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { instantFrom } from '../reading/cut.js';
import { HEAD_TIMEOUT_MS } from '../reading/cuts.js';
import { badParameter, one, refuseUnknown, type Query as Asked } from '../reading/query.js';
import type { Settings } from '../../settings.js';
import { eventFilterFrom, FILTER_PARAMETERS } from './event-filter.js';
import { EventStreams } from './event-streams.js';

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
      '`id:` is the sequence, `event:` the type, `data:` the CloudEvent. `event: caught-up` when history ends; a comment every 15 s. Nothing is dropped: a slow reader is caught up from the log.',
  })
  @ApiProduces('text/event-stream')
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'a sequence, `start`, `end` (default), or an instant or date of recording',
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
    description: 'goes on after this sequence, whatever `after` says',
  })
  @ApiResponse({
    status: 200,
    description: 'The stream; it does not end by itself.',
    schema: text('Server-Sent Events; the `data` of an event of the log is an Event'),
  })
  async stream(
    @Query() query: Asked,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseUnknown(query, ['after', ...FILTER_PARAMETERS]);
    const filter = eventFilterFrom(query);
    const after = lastEventId ? await this.sequence('Last-Event-ID', lastEventId) : await this.after(query);
    this.streams.start(request, reply, after, filter);
  }

  private async after(query: Asked): Promise<number> {
    const asked = one(query, 'after') ?? 'end';
    if (asked === 'start') return 0;
    if (asked === 'end') return (await this.log.head()).sequence;
    if (/^@?\d+$/.test(asked)) return this.sequence('after', asked.replace('@', ''));
    const instant = instantFrom(query, 'after', this.settings.zone);
    return instant === undefined ? 0 : this.log.sequenceAt(instant);
  }

  private async sequence(name: string, text: string): Promise<number> {
    if (!/^\d{1,15}$/.test(text)) throw badParameter(name, 'It must be a sequence: a whole number.');
    const sequence = Number(text);
    if (!(await this.log.reached(sequence, { timeout: HEAD_TIMEOUT_MS }))) {
      const head = await this.log.head();
      throw badParameter(name, `The log ends at ${head.sequence}.`);
    }
    return sequence;
  }
}
