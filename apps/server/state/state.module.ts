import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { VIEWS } from '#views';
import { ReadingModule } from '../reading/reading.module.js';
import {
  CompareStatesHandler,
  ListItemsHandler,
  ReadItemHandler,
  ReadStateHandler,
  ReadTimelineHandler,
} from './read-state.js';
import { NextController } from './next.controller.js';
import { PlanesController } from './planes.controller.js';
import { ReadNextHandler } from './read-next.js';
import { ReadPlanesHandler } from './read-planes.js';
import { ReadSeriesHandler } from './read-series.js';
import { SeriesController } from './series.controller.js';
import { controllerOf, StateController } from './state.controller.js';

/** Asking for the state as of any date, as known at any date. */
@Module({})
export class StateModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: StateModule,
      imports: [provided, ReadingModule.on(provided), CqrsModule],
      controllers: [
        StateController,
        SeriesController,
        NextController,
        PlanesController,
        ...VIEWS.map(controllerOf),
      ],
      providers: [
        ListItemsHandler,
        ReadItemHandler,
        ReadTimelineHandler,
        ReadStateHandler,
        CompareStatesHandler,
        ReadSeriesHandler,
        ReadNextHandler,
        ReadPlanesHandler,
      ],
    };
  }
}
