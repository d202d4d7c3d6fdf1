import { Module, type DynamicModule } from '@nestjs/common';
import type { EventLog } from '#log';
import { ChangeWalk, Replay, Views } from '#views';
import { EVENT_LOG } from '../provided.js';
import { ReplayController } from './replay.controller.js';

/** Replays of history. */
@Module({})
export class ReplayModule {
  static on(provided: DynamicModule, changes: DynamicModule): DynamicModule {
    return {
      module: ReplayModule,
      imports: [provided, changes],
      controllers: [ReplayController],
      providers: [
        {
          provide: Replay,
          useFactory: (log: EventLog, views: Views, walk: ChangeWalk) => new Replay(log, views, walk),
          inject: [EVENT_LOG, Views, ChangeWalk],
        },
      ],
    };
  }
}
