import { Module, type DynamicModule } from '@nestjs/common';
import { EventStreamController } from './event-stream.controller.js';
import { EventStreams } from './event-streams.js';

/** Reading and following the log itself. */
@Module({})
export class EventsModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: EventsModule,
      imports: [provided],
      controllers: [EventStreamController],
      providers: [EventStreams],
    };
  }
}
