import { Module, type DynamicModule } from '@nestjs/common';
import { Cuts } from './cuts.js';

/** What every feature that answers questions shares. */
@Module({})
export class ReadingModule {
  static on(provided: DynamicModule): DynamicModule {
    return { module: ReadingModule, imports: [provided], providers: [Cuts], exports: [Cuts] };
  }
}
