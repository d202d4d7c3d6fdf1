import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import { ApiTags } from '../docs/api.js';
import { Needs } from '../keys/needs.js';
import { EVENT_LOG, SETTINGS_TOKEN } from '../provided.js';
import { QueryParameters, text, type InForm, type Parsed } from '../reading/parameters.js';
import type { Settings } from '../../settings.js';
import { ApiStream, SseStreams } from '../reading/sse-streams.js';
import { FILTER, selectionOf } from './event-filter.js';
import { EventForms } from './event-forms.js';
import { EventStream } from './event-stream.js';
import { parsePosition, positionAfter, type Position } from './position.js';

const STREAM = {
  after: text(
    'an `id`, a bare sequence, `start`, `end` (default), or an instant or a date (its end) on the recorded axis: the stream begins with the next recorded event',
    'start',
  ),
  ...FILTER,
};

const FORMS = [
  { name: 'json', type: 'text/event-stream' },
  { name: 'cloudevents', type: 'text/event-stream' },
] as const;

@ApiTags('Subscribing')
@Controller('v1/events/stream')
export class EventStreamController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    private readonly streams: SseStreams,
    private readonly audit: Audit,
    private readonly forms: EventForms,
  ) {}

  @Get()
  @Needs('audit')
  @ApiStream({
    summary: 'The events of the log, as Server-Sent Events',
    description:
      '`id:` is the sequence and eight digits that distinguish logs (`428-3f9a1c0d`), `event:` the type, `data:` the event, or with `format=cloudevents` the CloudEvent. `event: caught-up` at the end of history, and every 15 s if the position has moved without an event that passes the filter; otherwise a comment every 15 s. No event is lost: a slow reader gets them from the log. After an id that this log does not have, the answer is `event: reset` with `{ head, origin }`, and the stream ends: discard all events that you have read, and start again.',
    data: 'the `data` of an event of the log is the event as `/v1/events` lists it, or a CloudEvent',
    place: 'this `id` or sequence',
  })
  async stream(
    @QueryParameters(STREAM, FORMS) asked: InForm<Parsed<typeof STREAM>, (typeof FORMS)[number]>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { after = 'end' } = asked;
    const from = lastEventId
      ? (parsePosition(lastEventId) ?? OF_ANOTHER_LOG)
      : await positionAfter(this.log, after, this.settings.zone);
    const form = this.forms.of(request, asked.form.name);
    const { origin } = this.audit.checkpoints.keys;
    const options = { log: this.log, selection: selectionOf(asked), form, origin };
    this.streams.start(request, reply, new EventStream(from, options));
  }
}

/** A place of another log or another server. The answer is `reset`, because after an error a browser would not try again. */
const OF_ANOTHER_LOG: Position = { sequence: 0, leaf: 'another log' };
