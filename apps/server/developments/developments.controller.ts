import { Body, Controller, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { developmentExamples, isOfRecord, type Payload } from '#events';
import { LogError, type EventLog, type NewEvent, type RecordedEvent } from '#log';
import type { Runtime } from '#runtime';
import { formatInstant, type Instant, type InstantText } from '#time';
import { Views } from '#views';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { ref } from '../docs/schema.js';
import { Caller, Needs } from '../keys/needs.js';
import { allows, type Access } from '#data-folder';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import { clientGone } from '../reading/client.js';
import { instantFrom } from '../reading/cut.js';
import { oneOf, refuseUnknown, type Query as Asked } from '../reading/query.js';
import type { Settings } from '../../settings.js';
import { CorrectionBody, developmentsIn, readBody, RetractionBody, type PointerOf } from './bodies.js';
import {
  asSent,
  contentToCorrect,
  developmentOf,
  inCorrection,
  timesBefore,
  type CorrectionAsSent,
} from './correction.js';
import type { DryRunAnswer, RecordedAnswer, WouldChange } from './answers.js';
import { developmentsSchema } from './developments-schema.js';
import { RecordDevelopments } from './record-developments.js';
import { Recorder, type RecordOptions } from './recorder.js';

@ApiTags('Writing')
@Controller('v1/developments')
export class DevelopmentsController {
  private readonly recorder: Recorder;

  constructor(
    private readonly commands: CommandBus,
    private readonly views: Views,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {
    this.recorder = new Recorder(log, settings.zone, runtime);
  }

  @Post()
  @Needs('report')
  @ApiOperation({
    summary: 'Record one development, or up to 10,000: all or nothing',
    description:
      'What is answered 201 is on disk. Sending an id again with the same content gives the first answer, marked `duplicate`; with other content 409. `record.*` types need the scope `edit`.',
  })
  @ApiQuery({
    name: 'dryRun',
    required: false,
    description:
      'true: checks, and answers what would change, at `asOf` and over time; stores nothing. A key that may not read is not told what would change.',
    schema: { type: 'string', enum: ['true', 'false'] },
  })
  @ApiQuery({
    name: 'asOf',
    required: false,
    description: 'with dryRun: the instant or date of `changes`; default now',
    schema: { type: 'string', example: '2025-11-05' },
  })
  @ApiBody({ required: true, schema: developmentsSchema, examples: developmentExamples() })
  @ApiResponse({ status: 201, description: 'Recorded, in the order given.', schema: ref('RecordedAnswer') })
  @ApiResponse({ status: 200, description: 'With dryRun: what would change.', schema: ref('DryRunAnswer') })
  async record(
    @Body() body: unknown,
    @Query() query: Asked,
    @Caller() caller: Access,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | DryRunAnswer> {
    refuseUnknown(query, ['dryRun', 'asOf']);
    const { sent, pointerOf, expected } = developmentsIn(body);
    if (sent.some(isOfRecord)) requireEdit(caller);
    const isDryRun = oneOf(query, 'dryRun', ['true', 'false']) === 'true';
    const asOf = instantFrom(query, 'asOf', this.settings.zone) ?? this.runtime.now();
    const options = { recordedBy: caller.id, ...(expected && { expected }) };
    try {
      if (!isDryRun) return await this.store(sent, pointerOf, options);
      reply.code(200);
      const { fresh, ...rehearsed } = await this.recorder.rehearse(sent, pointerOf, options);
      if (!this.mayRead(caller)) return { dryRun: true, ...rehearsed };
      return { dryRun: true, ...rehearsed, ...(await this.changesOf(fresh, asOf, clientGone(reply))) };
    } catch (error) {
      throw this.mayRead(caller) ? error : withoutState(error);
    }
  }

  /** A dry run must not tell what GET would not. */
  private mayRead(caller: Access): boolean {
    return this.settings.read === 'open' || allows(caller, 'read');
  }

  private async changesOf(
    fresh: readonly NewEvent[],
    asOf: Instant,
    signal: AbortSignal,
  ): Promise<WouldChange> {
    const events = fresh.map((event) => ({ ...event, sequence: 0, revision: 0, recordedAt: asOf }));
    const { changes, over } = await this.views.preview(events, { asOf }, { signal });
    const textOf = (instant?: Instant): InstantText | null =>
      instant === undefined ? null : formatInstant(instant);
    return { changes, over: over.map((one) => ({ ...one, from: textOf(one.from), to: textOf(one.to) })) };
  }

  @Post(':id/corrections')
  @Needs('edit')
  @HttpCode(201)
  @ApiOperation({ summary: 'Say what an event should have been' })
  @ApiParam({ name: 'id', description: 'the id of the event', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ type: CorrectionBody })
  @ApiResponse({ status: 201, description: 'The correction, as an event.', schema: ref('RecordedAnswer') })
  async correct(
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Asked,
    @Caller() caller: Access,
  ): Promise<RecordedAnswer> {
    return this.note(id, readBody(body, CorrectionBody), query, caller);
  }

  @Post(':id/retractions')
  @Needs('edit')
  @HttpCode(201)
  @ApiOperation({ summary: 'Take an event back' })
  @ApiParam({ name: 'id', description: 'the id of the event', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ type: RetractionBody })
  @ApiResponse({ status: 201, description: 'The retraction, as an event.', schema: ref('RecordedAnswer') })
  async retract(
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: Asked,
    @Caller() caller: Access,
  ): Promise<RecordedAnswer> {
    return this.note(id, readBody(body, RetractionBody), query, caller);
  }

  private async note(
    id: string,
    sent: CorrectionAsSent,
    query: Asked,
    caller: Access,
  ): Promise<RecordedAnswer> {
    refuseUnknown(query, []);
    const target = await this.target(id);
    const known = sent.id === undefined ? undefined : await this.log.find(sent.id.toLowerCase());
    // A note that left out when it was reported got the time of its first arrival; sent again, it gets that again.
    const defaultReport = known
      ? asSent((known.payload as Payload).reportedAt)
      : formatInstant(this.runtime.now());
    const original = await contentToCorrect(this.log, target, sent.kind, known?.sequence);
    const development = developmentOf(target, original, sent, defaultReport);
    const options = { recordedBy: caller.id, before: timesBefore(original) };
    return this.store([development], inCorrection, options);
  }

  private async target(id: string): Promise<RecordedEvent> {
    const target = await this.log.find(id.toLowerCase());
    if (!target) throw new Problem('not-found', `There is no event ${id.slice(0, 60)}.`);
    return target;
  }

  private async store(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    options: RecordOptions,
  ): Promise<RecordedAnswer> {
    const command = new RecordDevelopments(sent, pointerOf, options);
    const { events, warnings } = await this.commands.execute(command);
    const answered = events.map((event) => ({ ...event, recordedAt: formatInstant(event.recordedAt) }));
    return { events: answered, warnings };
  }
}

/** The revision that a stream has is told to those who may read. */
function withoutState(error: unknown): unknown {
  const isRevision =
    (error instanceof Problem || error instanceof LogError) && error.code === 'wrong-revision';
  return isRevision ? new Problem('wrong-revision', 'A stream is not at the revision expected.') : error;
}

function requireEdit({ id, scopes }: Access): void {
  if (scopes.includes('edit') || scopes.includes('admin')) return;
  throw new Problem('scope-missing', `Corrections need the scope edit, which the key ${id} lacks.`);
}
