import { Module, type DynamicModule } from '@nestjs/common';
import { TimesController } from './times.controller.js';

/** The meaning of times. */
@Module({})
export class TimesModule {
  static on(provided: DynamicModule): DynamicModule {
    return { module: TimesModule, imports: [provided], controllers: [TimesController] };
  }
}
