import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingModule } from '../reading/reading.module.js';
import { AuditController } from './audit.controller.js';
import { AUDIT_QUERIES } from './read-audit.js';
import { StoredEffectsController } from './stored-effects.controller.js';

/** The transparency log: checkpoints, tiles, proofs. */
@Module({})
export class AuditModule {
  static on(provided: DynamicModule): DynamicModule {
    return {
      module: AuditModule,
      imports: [provided, ReadingModule.on(provided), CqrsModule],
      controllers: [AuditController, StoredEffectsController],
      providers: AUDIT_QUERIES,
    };
  }
}
