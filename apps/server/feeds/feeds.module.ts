import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FeedsController } from './feeds.controller.js';
import { ReadFeedHandler } from './read-feed.js';
import { ReadScheduleHandler } from './read-schedule.js';
import { ScheduleController } from './schedule.controller.js';

/** Feeds and calendars. */
@Module({})
export class FeedsModule {
  static on(provided: DynamicModule, changes: DynamicModule): DynamicModule {
    return {
      module: FeedsModule,
      imports: [provided, changes, CqrsModule],
      controllers: [FeedsController, ScheduleController],
      providers: [ReadFeedHandler, ReadScheduleHandler],
    };
  }
}
