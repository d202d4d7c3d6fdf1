import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

@Module({})
export class HealthModule {
  /** Exports `Readiness`: a feature that may lag imports this module and registers itself. */
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: HealthModule,
      imports: [provided],
      controllers: [HealthController],
      providers: [Readiness],
      exports: [Readiness],
    };
  }
}
