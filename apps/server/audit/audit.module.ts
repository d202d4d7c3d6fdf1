import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from './audit.controller.js';

/** The transparency log: checkpoints, tiles, proofs. */
@Module({})
export class AuditModule {
  static on(provided: DynamicModule): DynamicModule {
    return { module: AuditModule, imports: [provided], controllers: [AuditController] };
  }
}
