import { Inject } from '@nestjs/common';
import {
  Command,
  CommandHandler,
  Query,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import type { EventLog, NewEvent } from '#log';
import type { Runtime } from '#runtime';
import { formatInstant, type Instant, type InstantText } from '#time';
import { Views } from '#views';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import type { DryRunAnswer, RecordedAnswer, WouldChange } from './answers.js';
import { correctionToRecord, type CorrectionAsSent } from './correction.js';
import { Recorder, type SentBy, type ToRecord } from './recorder.js';

/** Records these developments, all or nothing. Plain data, as every command. */
export class RecordDevelopments extends Command<RecordedAnswer> {
  constructor(readonly toRecord: ToRecord) {
    super();
  }
}

/** Records a correction or a retraction of an event. */
export class CorrectDevelopment extends Command<RecordedAnswer> {
  constructor(
    /** The id of the event. */
    readonly target: string,
    readonly correction: CorrectionAsSent,
    readonly by: SentBy,
  ) {
    super();
  }
}

/** The options of a dry run. */
interface DryRunOptions {
  /** The instant at which states are compared; undefined: no changes are wanted. */
  readonly changesAt: Instant | undefined;
  readonly signal: AbortSignal;
}

/** The effect that recording these developments would have. */
export class DryRunDevelopments extends Query<DryRunAnswer> {
  constructor(
    readonly toRecord: ToRecord,
    readonly at: DryRunOptions,
  ) {
    super();
  }
}

/** The effect that a correction or a retraction would have. */
export class DryRunCorrection extends Query<DryRunAnswer> {
  constructor(
    readonly target: string,
    readonly correction: CorrectionAsSent,
    readonly by: SentBy,
    readonly at: DryRunOptions,
  ) {
    super();
  }
}

@CommandHandler(RecordDevelopments)
export class RecordDevelopmentsHandler implements ICommandHandler<RecordDevelopments> {
  constructor(private readonly recorder: Recorder) {}

  execute({ toRecord }: RecordDevelopments): Promise<RecordedAnswer> {
    return recordedBy(this.recorder, toRecord);
  }
}

@CommandHandler(CorrectDevelopment)
export class CorrectDevelopmentHandler implements ICommandHandler<CorrectDevelopment> {
  constructor(
    private readonly recorder: Recorder,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ target, correction, by }: CorrectDevelopment): Promise<RecordedAnswer> {
    const sent = await correctionToRecord(this.log, target, correction, this.runtime.now());
    return recordedBy(this.recorder, { sent, by });
  }
}

@QueryHandler(DryRunDevelopments)
export class DryRunDevelopmentsHandler implements IQueryHandler<DryRunDevelopments> {
  constructor(
    private readonly recorder: Recorder,
    private readonly views: Views,
  ) {}

  execute({ toRecord, at }: DryRunDevelopments): Promise<DryRunAnswer> {
    return dryRunBy(this.recorder, this.views, toRecord, at);
  }
}

@QueryHandler(DryRunCorrection)
export class DryRunCorrectionHandler implements IQueryHandler<DryRunCorrection> {
  constructor(
    private readonly recorder: Recorder,
    private readonly views: Views,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async execute({ target, correction, by, at }: DryRunCorrection): Promise<DryRunAnswer> {
    const sent = await correctionToRecord(this.log, target, correction, this.runtime.now());
    return dryRunBy(this.recorder, this.views, { sent, by }, at);
  }
}

async function recordedBy(recorder: Recorder, toRecord: ToRecord): Promise<RecordedAnswer> {
  const { events, warnings } = await recorder.record(toRecord);
  return {
    events: events.map((event) => ({ ...event, recordedAt: formatInstant(event.recordedAt) })),
    warnings,
  };
}

async function dryRunBy(
  recorder: Recorder,
  views: Views,
  toRecord: ToRecord,
  { changesAt: asOf, signal }: DryRunOptions,
): Promise<DryRunAnswer> {
  const { fresh, ...accepted } = await recorder.dryRun(toRecord);
  const changes = asOf === undefined ? {} : await changesOf(views, fresh, asOf, signal);
  return { dryRun: true, ...accepted, ...changes };
}

async function changesOf(
  views: Views,
  fresh: readonly NewEvent[],
  asOf: Instant,
  signal: AbortSignal,
): Promise<WouldChange> {
  const events = fresh.map((event) => ({ ...event, sequence: 0, revision: 0, recordedAt: asOf }));
  const { changes, over } = await views.preview(events, { asOf }, { signal });
  const textOf = (instant?: Instant): InstantText | null =>
    instant === undefined ? null : formatInstant(instant);
  return { changes, over: over.map((one) => ({ ...one, from: textOf(one.from), to: textOf(one.to) })) };
}
