import { Body, Controller, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { developmentExamples, type Payload } from '#events';
import type { Appended, EventLog, ExpectedRevisions, RecordedEvent } from '#log';
import type { Runtime } from '#runtime';
import { formatInstant } from '#time';
import { Views } from '#views';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '../docs/api.js';
import { Caller, Needs } from '../keys/needs.js';
import type { Access } from '#data-folder';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import { instantFrom } from '../reading/cut.js';
import { oneOf, refuseUnknown, type Query as Asked } from '../reading/query.js';
import type { Settings } from '../../settings.js';
import { CorrectionBody, RetractionBody } from './bodies.js';
import { developmentsSchema, previewSchema, recordedSchema } from './developments-schema.js';
import { readBody } from './read-body.js';
import { standingContent } from './standing.js';
import { RecordDevelopments } from './record-developments.js';
import {
  asSent,
  inCorrection,
  MOST_DEVELOPMENTS,
  noteAbout,
  Recorder,
  type CorrectionAsSent,
  type PointerOf,
  type Preview,
} from './recorder.js';

interface RecordedAnswer {
  readonly events: readonly (Omit<Appended, 'recordedAt'> & { readonly recordedAt: string })[];
}

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
    description: 'true: checks, and answers what would change; stores nothing',
    schema: { type: 'string', enum: ['true', 'false'] },
  })
  @ApiQuery({
    name: 'asOf',
    required: false,
    description: 'with dryRun: the instant or date at which the change is looked at; default now',
    schema: { type: 'string', example: '2025-11-05' },
  })
  @ApiBody({ required: true, schema: developmentsSchema, examples: developmentExamples() })
  @ApiResponse({ status: 201, description: 'Recorded, in the order given.', schema: recordedSchema })
  @ApiResponse({ status: 200, description: 'With dryRun: what would change.', schema: previewSchema })
  async record(
    @Body() body: unknown,
    @Query() query: Asked,
    @Caller() caller: Access,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedAnswer | (Preview & { readonly dryRun: true })> {
    refuseUnknown(query, ['dryRun', 'asOf']);
    const { sent, pointerOf, expected } = developmentsIn(body);
    if (sent.some(isAboutTheRecord)) requireEdit(caller);
    if (oneOf(query, 'dryRun', ['true', 'false']) === 'true') {
      const asOf = instantFrom(query, 'asOf', this.settings.zone) ?? this.runtime.now();
      reply.code(200);
      const options = { recordedBy: caller.id, ...(expected && { expected }) };
      return { dryRun: true, ...(await this.recorder.preview(sent, pointerOf, this.views, asOf, options)) };
    }
    return this.store(sent, pointerOf, caller, expected);
  }

  @Post(':id/corrections')
  @Needs('edit')
  @HttpCode(201)
  @ApiOperation({ summary: 'Say what an event should have been' })
  @ApiParam({ name: 'id', description: 'the id of the event', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ type: CorrectionBody })
  @ApiResponse({ status: 201, description: 'The correction, as an event.', schema: recordedSchema })
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
  @ApiResponse({ status: 201, description: 'The retraction, as an event.', schema: recordedSchema })
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
    const original = await standingContent(this.log, target, sent.kind, known?.sequence);
    return this.store([noteAbout(target, original, sent, defaultReport)], inCorrection, caller);
  }

  private async target(id: string): Promise<RecordedEvent> {
    const target = await this.log.find(id.toLowerCase());
    if (!target) throw new Problem('not-found', `There is no event ${id.slice(0, 60)}.`);
    return target;
  }

  private async store(
    sent: readonly unknown[],
    pointerOf: PointerOf,
    caller: Access,
    expected?: ExpectedRevisions,
  ): Promise<RecordedAnswer> {
    const events = await this.commands.execute(new RecordDevelopments(sent, pointerOf, caller.id, expected));
    return { events: events.map((event) => ({ ...event, recordedAt: formatInstant(event.recordedAt) })) };
  }
}

const asItIs: PointerOf = (_index, pointer) => pointer;

/** One development, or `{ developments, expectedRevision? }`. Throws Problem. */
function developmentsIn(body: unknown): {
  readonly sent: readonly unknown[];
  readonly pointerOf: PointerOf;
  readonly expected?: ExpectedRevisions;
} {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem('malformed-body', 'The body must be a development, or { "developments": […] }.');
  }
  const { expectedRevision, ...rest } = body as Readonly<Record<string, unknown>>;
  const expected = expectedRevision === undefined ? {} : { expected: revisionsIn(expectedRevision) };
  if (!Object.hasOwn(rest, 'developments')) return { sent: [rest], pointerOf: asItIs, ...expected };
  const { developments, ...others } = rest;
  const faults = Object.keys(others).map((name) => ({
    pointer: `/${name}`,
    detail: 'There is no such member.',
  }));
  if (!Array.isArray(developments) || developments.length === 0) {
    faults.push({ pointer: '/developments', detail: 'must be a list of at least one development' });
  }
  if (faults.length > 0) throw new Problem('invalid-development', faults[0]!.detail, { errors: faults });
  const sent = developments as readonly unknown[];
  if (sent.length > MOST_DEVELOPMENTS) {
    throw new Problem(
      'too-large',
      `A request may bring ${MOST_DEVELOPMENTS} developments, not ${sent.length}.`,
    );
  }
  return { sent, pointerOf: (index, pointer) => `/developments/${index}${pointer}`, ...expected };
}

function revisionsIn(sent: unknown): ExpectedRevisions {
  const isRevision = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= -1;
  if (
    sent !== null &&
    typeof sent === 'object' &&
    !Array.isArray(sent) &&
    Object.values(sent).every(isRevision)
  ) {
    return sent as ExpectedRevisions;
  }
  const detail =
    'must give each stream its expected revision: a whole number from 0, or -1 where it must not exist';
  throw new Problem('invalid-development', `expectedRevision ${detail}.`, {
    errors: [{ pointer: '/expectedRevision', detail }],
  });
}

function isAboutTheRecord(sent: unknown): boolean {
  const type = sent !== null && typeof sent === 'object' && 'type' in sent ? sent.type : undefined;
  return typeof type === 'string' && type.startsWith('record.');
}

function requireEdit({ id, scopes }: Access): void {
  if (scopes.includes('edit') || scopes.includes('admin')) return;
  throw new Problem('scope-missing', `Corrections need the scope edit, which the key ${id} lacks.`);
}
