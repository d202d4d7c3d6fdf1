import { Inject } from '@nestjs/common';
import { Command, CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import type { Appended, EventLog } from '#log';
import type { Runtime } from '#runtime';
import { EVENT_LOG, RUNTIME, SETTINGS_TOKEN } from '../provided.js';
import type { Settings } from '../../settings.js';
import type { PointerOf } from './bodies.js';
import { Recorder, type Recorded, type RecordOptions } from './recorder.js';

/** Record these developments, all or nothing. */
export class RecordDevelopments extends Command<Recorded> {
  constructor(
    readonly sent: readonly unknown[],
    readonly pointerOf: PointerOf,
    readonly options: RecordOptions,
  ) {
    super();
  }
}

/** Published in this process after a commit. Never the source of truth: views follow the log. */
export class DevelopmentsRecorded {
  constructor(readonly events: readonly Appended[]) {}
}

@CommandHandler(RecordDevelopments)
export class RecordDevelopmentsHandler implements ICommandHandler<RecordDevelopments> {
  private readonly recorder: Recorder;

  constructor(
    @Inject(EVENT_LOG) log: EventLog,
    @Inject(SETTINGS_TOKEN) settings: Settings,
    @Inject(RUNTIME) runtime: Runtime,
    private readonly bus: EventBus,
  ) {
    this.recorder = new Recorder(log, settings.zone, runtime);
  }

  async execute({ sent, pointerOf, options }: RecordDevelopments): Promise<Recorded> {
    const recorded = await this.recorder.record(sent, pointerOf, options);
    this.bus.publish(new DevelopmentsRecorded(recorded.events));
    return recorded;
  }
}
