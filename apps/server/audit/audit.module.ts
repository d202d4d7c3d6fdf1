import { Module, type DynamicModule } from '@nestjs/common';
import { AuditReadiness } from './audit-readiness.js';
import { AuditController } from './audit.controller.js';

/** The transparency log: checkpoints, tiles, proofs. */
@Module({})
export class AuditModule {
  static on(provided: DynamicModule, health: DynamicModule): DynamicModule {
    return {
      module: AuditModule,
      imports: [provided, health],
      controllers: [AuditController],
      providers: [AuditReadiness],
    };
  }
}
