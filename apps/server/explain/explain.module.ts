import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingModule } from '../reading/reading.module.js';
import { ExplainController } from './explain.controller.js';
import { ReadExplanationHandler } from './read-explanation.js';
import { ReadHistoryHandler } from './read-history.js';

/** Explanations and histories of answers. */
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
