import { Module, type DynamicModule } from '@nestjs/common';
import { AuditReadiness } from './audit-readiness.js';
import { ReadingModule } from '../reading/reading.module.js';
import { AuditController } from './audit.controller.js';
import { HeldController } from './held.controller.js';

/** The transparency log: checkpoints, tiles, proofs. */
@Module({})
export class AuditModule {
  static on(provided: DynamicModule, health: DynamicModule): DynamicModule {
    return {
      module: AuditModule,
      imports: [provided, health, ReadingModule.on(provided)],
      controllers: [AuditController, HeldController],
      providers: [AuditReadiness],
    };
  }
}
