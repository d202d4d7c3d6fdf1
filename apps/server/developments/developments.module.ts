import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { developmentModels } from '#events';
import { ApiExtraModels } from '../docs/api.js';
import { DevelopmentsController } from './developments.controller.js';
import {
  CorrectDevelopmentHandler,
  RecordDevelopmentsHandler,
  DryRunCorrectionHandler,
  DryRunDevelopmentsHandler,
} from './record-developments.js';
import { Recorder } from './recorder.js';
import { SecondLook } from './second-look.js';

ApiExtraModels(...developmentModels)(DevelopmentsController);

/** Recording, correcting and retracting developments. */
@Module({})
export class DevelopmentsModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: DevelopmentsModule,
      imports: [provided, CqrsModule],
      controllers: [DevelopmentsController],
      providers: [
        Recorder,
        SecondLook,
        RecordDevelopmentsHandler,
        CorrectDevelopmentHandler,
        DryRunDevelopmentsHandler,
        DryRunCorrectionHandler,
      ],
    };
  }
}
