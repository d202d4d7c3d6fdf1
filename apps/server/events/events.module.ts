import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EventForms } from './event-forms.js';
import { EventStreamController } from './event-stream.controller.js';
import { SendingEvents } from './sending-events.js';
import { EventsController } from './events.controller.js';
import { FindEventsHandler, ReadEventHandler } from './find-events.js';

/** Reading and following the log itself. Exports `EventForms`. */
@Module({})
export class EventsModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: EventsModule,
      imports: [provided, CqrsModule],
      controllers: [EventStreamController, EventsController],
      providers: [EventForms, SendingEvents, FindEventsHandler, ReadEventHandler],
      exports: [EventForms],
    };
  }
}
