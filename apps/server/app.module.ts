import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { ChangesModule } from './changes/changes.module.js';
import { DevelopmentsModule } from './developments/developments.module.js';
import { EventsModule } from './events/events.module.js';
import { ExplainModule } from './explain/explain.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { HealthModule } from './health/health.module.js';
import { RequestMetrics } from './health/metrics.js';
import { KeyHook } from './keys/key-hook.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { ProblemsModule } from './problems/problems.module.js';
import { ProvidedModule, type Provided } from './provided.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { ReplayModule } from './replay/replay.module.js';
import { SchemasModule } from './schemas/schemas.module.js';
import { StateModule } from './state/state.module.js';
import { TimesModule } from './times/times.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/**
 * The composition root: the parts that every feature needs, then one module for each feature. Each module is made once, here, and passed to
 * the modules that need it.
 */
@Module({})
export class AppModule {
  static of(given: Provided): DynamicModule {
    const provided = ProvidedModule.of(given);
    const changes = ChangesModule.on(provided);
    const events = EventsModule.on(provided);
    const webhooks = WebhooksModule.on(provided, events, changes);
    return {
      module: AppModule,
      imports: [
        provided,
        HealthModule.on(provided, webhooks),
        ProblemsModule,
        events,
        changes,
        webhooks,
        FeedsModule.on(provided, changes),
        ReplayModule.on(provided, changes),
        DevelopmentsModule.on(provided),
        SchemasModule.on(provided),
        StateModule.on(provided),
        TimesModule.on(provided),
        ExplainModule.on(provided),
        AuditModule.on(provided),
        ReceiptsModule.on(provided),
      ],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }, KeyHook, RequestMetrics],
    };
  }
}
