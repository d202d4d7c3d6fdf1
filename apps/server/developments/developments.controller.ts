import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allows, type Access } from '#data-folder';
import { isOfRecord } from '#events';
import { LogError, type EventLog } from '#log';
import type { Runtime } from '#runtime';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/components.js';
import { CLOUDEVENT, CLOUDEVENTS_BATCH, mediaType } from '../json-body.js';
import { Caller, Needs } from '../keys/needs.js';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import { ONE_FORM } from '../reading/answer-form.js';
import { clientGone } from '../reading/client.js';
import { QueryParameters, choice, instant, type Parsed } from '../reading/parameters.js';
import type { Settings } from '../../settings.js';
import type { DryRunAnswer, RecordedAnswer } from './answers.js';
import { CorrectionBody, developmentsIn, readBody, RetractionBody } from './developments-in-body.js';
import { developmentsBody } from './developments-schema.js';
import type { CorrectionAsSent } from './correction.js';
import { inTurns } from './in-turns.js';
import {
  CorrectDevelopment,
  RecordDevelopments,
  DryRunCorrection,
  DryRunDevelopments,
} from './record-developments.js';
import type { SentBy } from './recorder.js';

const RECORD = {
  dryRun: choice(
    ['true', 'false'],
    'true: stores nothing; the answer has the changes that the developments would make, at `asOf` and over time. A key without the right to read gets no changes.',
  ),
  strict: choice(
    ['true', 'false'],
    'true: if there would be a warning, nothing is recorded, and the answer is 422',
  ),
  asOf: instant('with dryRun: the instant or date of `changes`; default now', '2025-11-05'),
};

@ApiTags('Writing')
@Controller('v1/developments')
export class DevelopmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  @Post()
  @Needs('report', { takes: [CLOUDEVENT, CLOUDEVENTS_BATCH] })
  @ApiOperation({
    summary: 'Record one development, or up to 10,000: all or nothing',
    description:
      'An answer 201 means that the events are on disk. The same id with the same content gets the first answer again, marked `duplicate`; with other content it gets 409. `record.*` types need the scope `edit`. `warnings` name probable mistakes in recorded developments; with `strict` these are refused. A CloudEvent has the development in `data`; its attributes must not contradict it, and its `id` is used if `data` has none.',
    requestBody: developmentsBody,
  })
  @ApiResponse({
    status: 201,
    description: 'The recorded events, in the order of the request.',
    schema: ref('RecordedAnswer'),
  })
  @ApiResponse({ status: 200, description: 'With dryRun: the changes.', schema: ref('DryRunAnswer') })
  async record(
    @QueryParameters(RECORD, ONE_FORM) asked: Parsed<typeof RECORD>,
    @Caller() caller: Access,
    @Req() { body, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | DryRunAnswer> {
    const type = mediaType(headers['content-type'] ?? '')?.essence;
    const sent = await inTurns(this.log, Array.isArray(body) ? body.length : 1, developmentsIn(body, type));
    if (sent.developments.some(isOfRecord)) requireEdit(caller);
    const by = this.senderOf(caller, asked);
    const toRecord = { sent, by };
    try {
      if (asked.dryRun !== 'true') return await this.commands.execute(new RecordDevelopments(toRecord));
      reply.code(200);
      return await this.queries.execute(
        new DryRunDevelopments(toRecord, this.dryRunOptions(asked, by, reply)),
      );
    } catch (error) {
      throw by.mayRead ? error : withoutState(error);
    }
  }

  @Post(':id/corrections')
  @Needs('edit')
  @HttpCode(201)
  @ApiOperation({
    summary: 'Correct an event',
    description:
      'The replacement is the whole content. `amended`: the source changed its story. `transcription`: the report was recorded wrongly here. The event stays in the log, and the correction is one more event. With `dryRun`, the answer says what it would change.',
  })
  @ApiParam({ name: 'id', description: 'the id of the event', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ type: CorrectionBody })
  @ApiResponse({ status: 201, description: 'The correction, as an event.', schema: ref('RecordedAnswer') })
  @ApiResponse({ status: 200, description: 'With dryRun: the changes.', schema: ref('DryRunAnswer') })
  async correct(
    @Param('id') id: string,
    @Body() body: unknown,
    @QueryParameters(RECORD, ONE_FORM) asked: Parsed<typeof RECORD>,
    @Caller() caller: Access,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | DryRunAnswer> {
    return this.amend(id, readBody(body, CorrectionBody), asked, caller, reply);
  }

  @Post(':id/retractions')
  @Needs('edit')
  @HttpCode(201)
  @ApiOperation({
    summary: 'Retract an event',
    description:
      'The event stays in the log; its effects end. It has the kinds of a correction. With `dryRun`, the answer says what it would change.',
  })
  @ApiParam({ name: 'id', description: 'the id of the event', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ type: RetractionBody })
  @ApiResponse({ status: 201, description: 'The retraction, as an event.', schema: ref('RecordedAnswer') })
  @ApiResponse({ status: 200, description: 'With dryRun: the changes.', schema: ref('DryRunAnswer') })
  async retract(
    @Param('id') id: string,
    @Body() body: unknown,
    @QueryParameters(RECORD, ONE_FORM) asked: Parsed<typeof RECORD>,
    @Caller() caller: Access,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | DryRunAnswer> {
    return this.amend(id, readBody(body, RetractionBody), asked, caller, reply);
  }

  private amend(
    id: string,
    correction: CorrectionAsSent,
    asked: Parsed<typeof RECORD>,
    caller: Access,
    reply: FastifyReply,
  ): Promise<RecordedAnswer | DryRunAnswer> {
    const by = this.senderOf(caller, asked);
    if (asked.dryRun !== 'true') return this.commands.execute(new CorrectDevelopment(id, correction, by));
    reply.code(200);
    const at = this.dryRunOptions(asked, by, reply);
    return this.queries.execute(new DryRunCorrection(id, correction, by, at));
  }

  private dryRunOptions(
    asked: Parsed<typeof RECORD>,
    { mayRead }: SentBy,
    reply: FastifyReply,
  ): DryRunDevelopments['at'] {
    const changesAt = mayRead ? (asked.asOf ?? this.runtime.now()) : undefined;
    return { changesAt, signal: clientGone(reply) };
  }

  /** Only a key that may read learns what is recorded: a dry run and a warning reveal no more than GET. */
  private senderOf(caller: Access, { strict }: Parsed<typeof RECORD>): SentBy {
    const mayRead = this.settings.read === 'open' || allows(caller, 'read');
    return { recordedBy: caller.id, mayRead, strict: strict === 'true' };
  }
}

/** Only a key that may read learns the revision of a stream. */
function withoutState(error: unknown): unknown {
  const isRevision =
    (error instanceof Problem || error instanceof LogError) && error.code === 'wrong-revision';
  return isRevision ? new Problem('wrong-revision', 'A stream is not at the expected revision.') : error;
}

function requireEdit(caller: Access): void {
  if (allows(caller, 'edit')) return;
  throw new Problem('scope-missing', `Corrections need the scope edit, which ${caller.id} lacks.`);
}
