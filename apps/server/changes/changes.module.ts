import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventLog } from '#log';
import { ChangeWalk, Views } from '#views';
import { leafDigits } from '../events/position.js';
import { EVENT_LOG } from '../provided.js';
import { ChangePlaces } from './change-places.js';
import { ChangeStreamController } from './change-stream.controller.js';
import { ChangesController } from './changes.controller.js';
import { ChangeSelections } from './change-selection.js';
import { ChangeReader } from './change-reader.js';
import { ListChangesHandler } from './list-changes.js';

/** The changes of state: to read, and to follow. */
@Module({})
export class ChangesModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: ChangesModule,
      imports: [provided, CqrsModule],
      controllers: [ChangeStreamController, ChangesController],
      providers: [
        {
          provide: ChangeWalk,
          useFactory: (log: EventLog, views: Views) => new ChangeWalk(log, views, leafDigits),
          inject: [EVENT_LOG, Views],
        },
        ChangePlaces,
        ChangeSelections,
        ChangeReader,
        ListChangesHandler,
      ],
      exports: [ChangeWalk, ChangePlaces, ChangeSelections, ChangeReader],
    };
  }
}
