import { Module, type DynamicModule } from '@nestjs/common';
import { SchemasController } from './schemas.controller.js';

@Module({})
export class SchemasModule {
  static on(provided: DynamicModule): DynamicModule {
    return { module: SchemasModule, imports: [provided], controllers: [SchemasController] };
  }
}
