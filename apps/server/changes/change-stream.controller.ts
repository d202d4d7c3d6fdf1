import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import { ChangeWalk, parseChangeId, type ChangePlace } from '#views';
import { ApiTags } from '../docs/api.js';
import { EVENT_LOG } from '../provided.js';
import { QueryParameters, zoneName, type Parsed } from '../reading/parameters.js';
import { SSE_FORM } from '../reading/sse.js';
import { ApiStream, SseStreams } from '../reading/sse-streams.js';
import { AFTER, ChangePlaces } from './change-places.js';
import { CHANGE_FILTER, ChangeSelections } from './change-selection.js';
import { ChangeStream } from './change-stream.js';
import { ChangeWatermark } from './change-watermark.js';

const STREAM = { zone: zoneName(), after: AFTER, ...CHANGE_FILTER };

@ApiTags('Subscribing')
@Controller('v1/changes/stream')
export class ChangeStreamController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly audit: Audit,
    private readonly streams: SseStreams,
    private readonly walk: ChangeWalk,
    private readonly places: ChangePlaces,
    private readonly watermark: ChangeWatermark,
    private readonly selections: ChangeSelections,
  ) {}

  @Get()
  @ApiStream({
    summary: 'Follow the changes of state, as Server-Sent Events',
    description:
      'Sends each change of state, by an event or by the clock, within a second. `id:` is the `id` of the change, `event:` is `change`, `data:` the change as `/v1/changes` lists it. `event: caught-up` at the end of history, and every 15 s if the position has moved without a change that passes the filter; otherwise a comment every 15 s. No change is lost or sent twice: changes that were due while the reader or the server was away are sent later, in order. After an id that this log does not have, the answer is `event: reset` with `{ head, origin }`, and the stream ends: discard your state, and start again.',
    data: 'the `data` of a change is a `ChangeOfState`',
  })
  async stream(
    @QueryParameters(STREAM, [SSE_FORM]) asked: Parsed<typeof STREAM>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { walk, places, watermark } = this;
    const options = { walk, places, watermark, selection: this.selections.of(asked), end: () => this.end() };
    const from = await this.placeOf(lastEventId, asked);
    this.streams.start(request, reply, new ChangeStream(from, options));
  }

  private async placeOf(
    lastEventId: string | undefined,
    { after = 'end', zone }: Parsed<typeof STREAM>,
  ): Promise<ChangePlace | undefined> {
    return lastEventId ? parseChangeId(lastEventId) : this.places.named(after, zone);
  }

  private async end(): Promise<object> {
    const { sequence: head } = await this.log.head();
    return { head, origin: this.audit.checkpoints.keys.origin };
  }
}
