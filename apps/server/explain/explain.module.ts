import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingModule } from '../reading/reading.module.js';
import { ExplainController } from './explain.controller.js';
import { ReadExplanationHandler } from './read-explanation.js';
import { ReadHistoryHandler } from './read-history.js';

/** Why an answer is what it is, and how it came to be so. */
@Module({})
export class ExplainModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: ExplainModule,
      imports: [provided, ReadingModule.on(provided), CqrsModule],
      controllers: [ExplainController],
      providers: [ReadExplanationHandler, ReadHistoryHandler],
    };
  }
}
