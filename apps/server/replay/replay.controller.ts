import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audit } from '#data-folder';
import type { EventLog } from '#log';
import type { Runtime } from '#runtime';
import { EARLIEST } from '#time';
import { ChangeWalk, parseReplayId, Replay, REPLAY_AXES, type ReplayPlace } from '#views';
import { CHANGE_FILTER, ChangeSelections } from '../changes/change-selection.js';
import { ChangeWatermark } from '../changes/change-watermark.js';
import { ApiResponse, ApiTags } from '../docs/api.js';
import { hasPosition } from '../events/position.js';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import {
  choice,
  instant,
  needed,
  QueryParameters,
  start,
  text,
  zoneName,
  type Parameter,
  type Parsed,
} from '../reading/parameters.js';
import { badParameter } from '../reading/query.js';
import { SSE_FORM, type SseSource } from '../reading/sse.js';
import { ApiStream, SseStreams } from '../reading/sse-streams.js';
import { ReplayStream } from './replay-stream.js';

const SECOND = 1_000;
/** Milliseconds of each unit. */
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  min: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
  y: 365 * 86_400 * SECOND,
};

/** The time of the axis that passes in a second, in milliseconds; Infinity: no pauses. */
const SPEED: Parameter<number | undefined> = {
  ...text(
    'the time that passes in a second: `1d/s`, `12h/s`; the units are s, min, h, d, w and y. Default `max`: without pauses',
    '1d/s',
  ),
  read(query, name, zone) {
    const given = text().read(query, name, zone);
    if (given === undefined) return undefined;
    if (given === 'max') return Infinity;
    const [, amount, unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(s|min|h|d|w|y)\/s$/.exec(given) ?? [];
    const speed = Number(amount) * (UNITS[unit] ?? Number.NaN);
    if (speed > 0) return speed;
    throw badParameter(name, 'It must be an amount of time for a second, such as 1d/s or 12h/s, or max.');
  },
};

const REPLAY = {
  zone: zoneName(),
  axis: needed(
    choice(
      REPLAY_AXES,
      'valid: the past as known now; reported: as the public learned it; recorded: as this log recorded it',
    ),
  ),
  from: start('an instant or a date (its start) on the axis; default: the first', '2025-10-20'),
  to: instant('an instant or a date (its end) on the axis; default: now', '2025-11-30'),
  speed: SPEED,
  after: text('an `id` of this replay: continue after it'),
  ...CHANGE_FILTER,
};

@ApiTags('Subscribing')
@Controller('v1/replay')
export class ReplayController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly audit: Audit,
    private readonly streams: SseStreams,
    private readonly walk: ChangeWalk,
    private readonly replay: Replay,
    private readonly watermark: ChangeWatermark,
    private readonly selections: ChangeSelections,
  ) {}

  @Get()
  @ApiStream({
    summary: 'Replay history, as Server-Sent Events',
    description:
      'History again, at a speed: `event: development` with `{ id, at, event }`, and `event: change` with a change by a development or by the clock, as `/v1/changes` lists it. `at` is the instant on the axis. `event: end` is the last. Close the connection to pause; the same question with `Last-Event-ID`, or `after`, continues. A replay ends at the end of the log at its start, which the ids contain. A client that asks again after the end gets `204`; after an id that this log does not have it gets `event: reset` with `{ head, origin }`.',
    data: 'the `event` of a development is the event as `/v1/events` lists it, the `data` of a change is a `ChangeOfState` with the `id` of the replay',
    end: 'it ends with the replay',
  })
  @ApiResponse({ status: 204, description: 'The replay has ended already.' })
  async stream(
    @QueryParameters(REPLAY, [SSE_FORM]) asked: Parsed<typeof REPLAY>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = lastEventId || asked.after;
    const after = id === undefined ? undefined : parseReplayId(id);
    if (after?.kind === 'end') {
      await reply.code(204).send();
      return;
    }
    const isOther = id !== undefined && !(after && (await this.has(after, asked.axis)));
    if (isOther && !lastEventId) throw badParameter('after', 'It is not an id of this replay.');
    this.streams.start(request, reply, isOther ? this.reset : await this.replayOf(asked, after));
  }

  private readonly reset: SseSource = {
    follow: async (stream) => {
      const { sequence: head } = await this.log.head();
      stream.reset({ head, origin: this.audit.checkpoints.keys.origin });
    },
  };

  private async replayOf(asked: Parsed<typeof REPLAY>, after: ReplayPlace | undefined): Promise<SseSource> {
    const now = await this.watermark.now();
    const { axis, from = EARLIEST + 1, speed = Infinity } = asked;
    const present = axis === 'recorded' ? now.at : Math.max(now.at, this.runtime.now());
    const to = axis === 'recorded' ? Math.min(asked.to ?? present, present) : (asked.to ?? present);
    const through = after?.through ?? now.sequence;
    return new ReplayStream({
      replay: this.replay,
      runtime: this.runtime,
      asked: { axis, through, from, to, after },
      selection: this.selections.of(asked),
      leaf: await this.walk.leafAt(through),
      speed,
    });
  }

  private async has({ axis, through, leaf, isOfOtherMeaning }: ReplayPlace, asked: string): Promise<boolean> {
    if (axis !== asked || isOfOtherMeaning === true) return false;
    if (through === 0) return leaf === (await this.walk.leafAt(0));
    return hasPosition(this.log, { sequence: through, leaf });
  }
}
