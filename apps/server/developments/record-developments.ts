import { Inject } from '@nestjs/common';
import {
  Command,
  CommandHandler,
  Query,
  QueryHandler,
  type ICommandHandler,
  type IQueryHandler,
} from '@nestjs/cqrs';
import type { Payload } from '#events';
import type { EventLog, NewEvent } from '#log';
import type { Runtime } from '#runtime';
import { formatInstant, type Instant, type InstantText } from '#time';
import { Views } from '#views';
import { Problem } from '../problems/problem.js';
import { EVENT_LOG, RUNTIME } from '../provided.js';
import type { DryRunAnswer, RecordedAnswer, WouldChange } from './answers.js';
import {
  asSent,
  contentToCorrect,
  developmentOf,
  inheritedIn,
  timesBefore,
  type CorrectionAsSent,
} from './correction.js';
import { Recorder, type ToRecord } from './recorder.js';

/** Record these developments, all or nothing. Plain data, as every command. */
export class RecordDevelopments extends Command<RecordedAnswer> {
  constructor(readonly toRecord: ToRecord) {
    super();
  }
}

/** Record a correction or a retraction of an event. */
export class CorrectDevelopment extends Command<RecordedAnswer> {
  constructor(
    /** The id of the event. */
    readonly target: string,
    readonly correction: CorrectionAsSent,
    readonly by: Pick<ToRecord, 'recordedBy' | 'mayRead' | 'strict'>,
  ) {
    super();
  }
}

/** The effect that recording these developments would have. */
export class RehearseDevelopments extends Query<DryRunAnswer> {
  constructor(
    readonly toRecord: ToRecord,
    /** The instant at which states are compared; undefined: no changes are wanted. */
    readonly changesAt: Instant | undefined,
    readonly signal: AbortSignal,
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

  async execute({ target: id, correction, by }: CorrectDevelopment): Promise<RecordedAnswer> {
    const target = await this.log.find(id.toLowerCase());
    if (!target) throw new Problem('not-found', `There is no event ${id.slice(0, 60)}.`);
    const known = correction.id === undefined ? undefined : await this.log.find(correction.id.toLowerCase());
    // A correction without a report time gets the time of its first arrival; sent again, it gets the same.
    const defaultReport = known
      ? asSent((known.payload as Payload).reportedAt)
      : formatInstant(this.runtime.now());
    const original = await contentToCorrect(this.log, target, correction.kind, known?.sequence);
    return recordedBy(this.recorder, {
      developments: [developmentOf(target, original, correction, defaultReport)],
      form: 'correction',
      ...by,
      before: timesBefore(original),
      inherited: inheritedIn(correction),
    });
  }
}

@QueryHandler(RehearseDevelopments)
export class RehearseDevelopmentsHandler implements IQueryHandler<RehearseDevelopments> {
  constructor(
    private readonly recorder: Recorder,
    private readonly views: Views,
  ) {}

  async execute({ toRecord, changesAt, signal }: RehearseDevelopments): Promise<DryRunAnswer> {
    const { fresh, ...rehearsed } = await this.recorder.rehearse(toRecord);
    const changes = changesAt === undefined ? {} : await this.changesOf(fresh, changesAt, signal);
    return { dryRun: true, ...rehearsed, ...changes };
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
}

async function recordedBy(recorder: Recorder, toRecord: ToRecord): Promise<RecordedAnswer> {
  const { events, warnings } = await recorder.record(toRecord);
  return {
    events: events.map((event) => ({ ...event, recordedAt: formatInstant(event.recordedAt) })),
    warnings,
  };
}
