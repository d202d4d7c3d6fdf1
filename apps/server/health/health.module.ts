import { Module, type DynamicModule } from '@nestjs/common';
import { ConsumerFigures } from './consumer-figures.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { Readiness } from './readiness.js';

/** Whether the process runs and can serve. Exports `ConsumerFigures`. */
@Module({})
export class HealthModule {
  static on(provided: DynamicModule, webhooks: DynamicModule): DynamicModule {
    return {
      module: HealthModule,
      imports: [provided, webhooks],
      controllers: [HealthController, MetricsController],
      providers: [ConsumerFigures, Readiness],
      exports: [ConsumerFigures],
    };
  }
}
