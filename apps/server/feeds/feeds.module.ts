import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FeedEvents } from './feed-events.js';
import { FeedsController } from './feeds.controller.js';
import { ScheduleReader } from './schedule-reader.js';
import { ScheduleController } from './schedule.controller.js';

/** Feeds and calendars. */
@Module({})
export class FeedsModule {
  static on(provided: DynamicModule, changes: DynamicModule): DynamicModule {
    return {
      module: FeedsModule,
      imports: [provided, changes, CqrsModule],
      controllers: [FeedsController, ScheduleController],
      providers: [FeedEvents, ScheduleReader],
    };
  }
}
