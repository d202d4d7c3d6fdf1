import { Module, type DynamicModule } from '@nestjs/common';
import { Cuts } from './cuts.js';

/** The parts that all features with questions share. */
@Module({})
export class ReadingModule {
  static on(provided: DynamicModule): DynamicModule {
    return { module: ReadingModule, imports: [provided], providers: [Cuts], exports: [Cuts] };
  }
}
